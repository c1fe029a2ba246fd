package dev.slipway.onnx.graph.admission;

/**
 * One reason why a model is not admitted.
 *
 * @param code what kind of rule it breaks, countable
 * @param message what was expected, what was found, what to do
 */
public record Refusal(Code code, String message) {
  /** The kinds of rules. */
  public enum Code {
    /** The file is missing, empty, no plain file, or of another format. */
    ADMISSION_FILE,
    /** A limit of size or number is passed. */
    ADMISSION_TOO_LARGE,
    /** The bytes are no sound ONNX protobuf message. */
    ADMISSION_UNREADABLE,
    /** Subgraphs are nested too deep. */
    ADMISSION_TOO_DEEP,
    /** The IR version or an operator set is not served. */
    ADMISSION_VERSION,
    /** Part of the model would come from another file. */
    ADMISSION_EXTERNAL_DATA,
    /** An operator, domain or part of the schema is not on the list. */
    ADMISSION_OPERATOR,
    /** Names, order or outputs of a graph are not sound. */
    ADMISSION_GRAPH,
    /** A tensor's type, shape and payload contradict each other. */
    ADMISSION_TENSOR,
    /** An attribute is given twice or contradicts its own type. */
    ADMISSION_ATTRIBUTE,
    /** A model-local function is recursive or given twice. */
    ADMISSION_FUNCTION,
    /** A tree ensemble's lists contradict each other or its trees are no trees. */
    ADMISSION_TREE,
    /** A small file would make the runtime allocate or compute without end. */
    ADMISSION_BOMB,
    /** An input or output is of a kind that cannot be served. */
    ADMISSION_SIGNATURE
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}

package dev.slipway.tasks.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.dataset.Dataset;
import dev.slipway.dataset.DatasetException;
import dev.slipway.dataset.DatasetFindings;
import dev.slipway.dataset.DatasetReader;
import dev.slipway.dataset.ReadLimits;
import dev.slipway.dataset.TableReader;
import dev.slipway.release.Reason;
import dev.slipway.spec.DatasetSettings;
import dev.slipway.spec.ModelSpec;
import dev.slipway.tasks.run.TaskJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses bad data before a machine is started for it. What passes is checked again by the jobs:
 * this check only saves time and money.
 */
final class EarlyCheck {
  /** Of the design (security.md): the largest file that is looked at. */
  static final long MOST_BYTES = 200L << 20;

  /** Up to here a table is read whole, by the job's own rules; beyond, that is left to the job. */
  static final long WHOLE_BYTES = 48L << 20;

  /** The same as a number of cells: some 500 MB at worst, a third of the function's heap. */
  static final long WHOLE_CELLS = 10_000_000;

  /** The smallest message of the ONNX format with a graph is longer. */
  private static final int LEAST_ONNX_BYTES = 8;

  /** Field 1, a varint: {@code ModelProto.ir_version}, which every writer puts first. */
  private static final int ONNX_FIRST_BYTE = 0x08;

  private EarlyCheck() {}

  /**
   * What was found.
   *
   * @param reasons to refuse; empty when the run may start
   * @param facts for people
   */
  record Found(List<Reason> reasons, ObjectNode facts) {
    /** {@return the same with more reasons to refuse} */
    Found and(List<Reason> more) {
      return new Found(Stream.concat(reasons.stream(), more.stream()).toList(), facts);
    }
  }

  /** {@return why an object of this size is not even opened} */
  static List<Reason> size(long bytes) {
    return bytes <= MOST_BYTES
        ? List.of()
        : List.of(
            new Reason(
                "DATASET_TOO_LARGE",
                "expected at most %d bytes, found %d; upload a sample of the rows, or compress it (gzip)"
                    .formatted(MOST_BYTES, bytes)));
  }

  /** Checks a table. */
  static Found table(InputStream bytes, ModelSpec spec, String hashKey) throws IOException {
    ObjectNode facts = TaskJson.object();
    try {
      ReadLimits usual = ReadLimits.defaults();
      ReadLimits limits =
          new ReadLimits(
              WHOLE_BYTES, usual.rows(), usual.columns(), WHOLE_CELLS, usual.cellCharacters());
      Dataset dataset =
          DatasetReader.read(TableReader.read(bytes, limits), DatasetSettings.of(spec, hashKey));
      facts.put("rows", dataset.rows());
      ArrayNode columns = facts.putArray("columns");
      dataset.lines().forEach(columns::add);
      ArrayNode findings = facts.putArray("findings");
      DatasetFindings.of(dataset).forEach(findings::add);
      return new Found(List.of(), facts);
    } catch (DatasetException refused) {
      if (refused.problems().getFirst().code().equals("DATASET_TOO_LARGE")) {
        facts.put("note", "large: types and classes are checked by the training job");
        return new Found(List.of(), facts);
      }
      return new Found(
          refused.problems().stream()
              .map(problem -> new Reason(problem.code(), problem.text()))
              .toList(),
          facts);
    }
  }

  /** Looks at the start of an ONNX file; admission proper is the packaging job's. */
  static Found onnx(InputStream bytes) throws IOException {
    byte[] start = bytes.readNBytes(LEAST_ONNX_BYTES);
    ObjectNode facts = TaskJson.object();
    if (start.length == LEAST_ONNX_BYTES && start[0] == ONNX_FIRST_BYTE) {
      return new Found(List.of(), facts);
    }
    Reason reason =
        new Reason(
            "ONNX_NOT_ONNX",
            "expected an ONNX model (a ModelProto that starts with ir_version), found "
                + (start.length < LEAST_ONNX_BYTES
                    ? start.length + " bytes"
                    : "other bytes at the start")
                + "; export the model as one .onnx file and upload it again");
    return new Found(List.of(reason), facts);
  }
}

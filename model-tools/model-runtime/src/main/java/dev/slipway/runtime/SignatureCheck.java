package dev.slipway.runtime;

import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.runtime.ModelException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares a declared signature with the one of the graph. */
final class SignatureCheck {
  private SignatureCheck() {}

  static void check(ModelSignature declared, ModelSignature graph, Path onnx) {
    List<String> problems = new ArrayList<>();
    inputs(declared, graph, problems);
    outputs(declared, graph, problems);
    if (!problems.isEmpty()) {
      throw new ModelException(
          Code.MODEL_SIGNATURE_MISMATCH,
          onnx.getFileName()
              + ": "
              + String.join("; ", problems)
              + ". The model is not the one that the manifest describes; pack the bundle again.");
    }
  }

  private static void inputs(ModelSignature declared, ModelSignature graph, List<String> problems) {
    for (InputTensor input : graph.inputs()) {
      InputTensor match = null;
      for (InputTensor candidate : declared.inputs()) {
        match = candidate.name().equals(input.name()) ? candidate : match;
      }
      if (match == null) {
        problems.add("the graph has an input " + input.name() + " that is not declared");
      } else if (differ(match.datatype(), match.shape(), input.datatype(), input.shape())) {
        problems.add(
            text(
                "input ",
                input.name(),
                match.datatype(),
                match.shape(),
                input.datatype(),
                input.shape()));
      }
    }
    if (declared.inputs().size() > graph.inputs().size()) {
      problems.add(
          "declared are "
              + declared.inputs().size()
              + " inputs, the graph has "
              + graph.inputs().size());
    }
  }

  private static void outputs(
      ModelSignature declared, ModelSignature graph, List<String> problems) {
    for (OutputTensor output : declared.outputs()) {
      OutputTensor match = null;
      for (OutputTensor candidate : graph.outputs()) {
        match = candidate.name().equals(output.name()) ? candidate : match;
      }
      if (match == null) {
        problems.add("the graph has no output " + output.name());
      } else if (differ(output.datatype(), output.shape(), match.datatype(), match.shape())) {
        problems.add(
            text(
                "output ",
                output.name(),
                output.datatype(),
                output.shape(),
                match.datatype(),
                match.shape()));
      }
    }
  }

  private static boolean differ(Datatype type, Shape shape, Datatype graphType, Shape graph) {
    if (type != graphType || shape.rank() != graph.rank()) {
      return true;
    }
    for (int i = 0; i < shape.rank(); i++) {
      boolean bothFixed = shape.dimension(i) != Shape.ANY && graph.dimension(i) != Shape.ANY;
      if (bothFixed && shape.dimension(i) != graph.dimension(i)) {
        return true;
      }
    }
    return false;
  }

  private static String text(
      String kind, String name, Datatype type, Shape shape, Datatype graphType, Shape graph) {
    return kind + name + " is declared " + type + shape + ", the graph has " + graphType + graph;
  }
}

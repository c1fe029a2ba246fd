package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.BundleDirectory;
import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.GoldenCase;
import dev.slipway.bundle.GoldenComparison;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.NamedTensor;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Shape;
import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Reason;
import dev.slipway.runtime.ModelSignature;
import java.util.ArrayList;
import java.util.List;

/**
 * The model that serves now, asked what the new one was asked.
 *
 * @param digest of its bundle, short
 * @param differences how the new one's inputs and outputs break clients of the live one; then it
 *     was not asked
 * @param asked how many requests it was asked
 * @param alike how many it answered like the new one
 * @param answers its answers; empty when it was not asked, or did not answer all
 */
record LiveComparison(
    String digest,
    List<Reason> differences,
    int asked,
    int alike,
    List<List<NamedTensor>> answers) {
  private static final String CODE = "SCHEMA_DIFFERS_FROM_LIVE";

  /** How far two answers of different models may be apart to count as alike. */
  private static final double ALIKE = 2e-2;

  /** Keeps copies. */
  LiveComparison {
    differences = List.copyOf(differences);
    answers = List.copyOf(answers);
  }

  /** {@return the comparison of a new model, which gave {@code found}, with the one that serves} */
  static LiveComparison of(
      BundleDirectory live, UploadedModel model, List<List<NamedTensor>> found) {
    ModelSignature old = ModelSignature.of(live.manifest());
    String digest = live.digest().shortForm();
    List<Reason> differences = differences(old, model.signature());
    if (!differences.isEmpty()) {
      return new LiveComparison(digest, differences, 0, 0, List.of());
    }
    try {
      List<List<NamedTensor>> answers = model.answers(live.file(BundleFile.MODEL), old);
      int alike = 0;
      for (int index = 0; index < answers.size(); index++) {
        GoldenCase like =
            new GoldenCase("row", model.requests().get(index), answers.get(index), ALIKE);
        alike += GoldenComparison.differences(like, found.get(index)).isEmpty() ? 1 : 0;
      }
      return new LiveComparison(digest, List.of(), answers.size(), alike, answers);
    } catch (PipelineRefusal _) {
      // It serves, but has no answer to these requests: that speaks for the new one.
      return new LiveComparison(digest, List.of(), found.size(), 0, List.of());
    }
  }

  private static List<Reason> differences(ModelSignature old, ModelSignature fresh) {
    List<Reason> differences = new ArrayList<>();
    for (InputTensor input : fresh.inputs()) {
      if (old.inputs().stream().noneMatch(one -> one.name().equals(input.name()))) {
        differences.add(differs("input " + input.name() + " is new; clients do not send it"));
      }
    }
    for (InputTensor input : old.inputs()) {
      fresh.inputs().stream()
          .filter(one -> one.name().equals(input.name()))
          .findFirst()
          .ifPresentOrElse(
              one -> {
                if (one.datatype() != input.datatype() || !takes(one.shape(), input.shape())) {
                  differences.add(
                      differs(
                          "input %s takes %s %s, the live model %s %s"
                              .formatted(
                                  input.name(),
                                  one.datatype(),
                                  one.shape(),
                                  input.datatype(),
                                  input.shape())));
                }
              },
              () ->
                  differences.add(differs("input " + input.name() + " of the live model is gone")));
    }
    old.outputs().forEach(output -> compare(output, fresh, differences));
    return differences;
  }

  private static void compare(OutputTensor output, ModelSignature fresh, List<Reason> differences) {
    fresh.outputs().stream()
        .filter(one -> one.name().equals(output.name()))
        .findFirst()
        .ifPresentOrElse(
            one -> {
              if (one.datatype() != output.datatype() || !takes(output.shape(), one.shape())) {
                differences.add(
                    differs(
                        "output %s is %s %s, of the live model %s %s"
                            .formatted(
                                output.name(),
                                one.datatype(),
                                one.shape(),
                                output.datatype(),
                                output.shape())));
              } else if (!one.labels().isEmpty()
                  && !output.labels().isEmpty()
                  && !one.labels().equals(output.labels())) {
                differences.add(
                    differs(
                        "output %s has the classes %s, of the live model %s"
                            .formatted(output.name(), one.labels(), output.labels())));
              }
            },
            () ->
                differences.add(differs("output " + output.name() + " of the live model is gone")));
  }

  /** Whether every tensor of shape {@code given} has shape {@code taken}; unknown sizes agree. */
  private static boolean takes(Shape taken, Shape given) {
    if (taken.rank() != given.rank()) {
      return false;
    }
    for (int index = 0; index < taken.rank(); index++) {
      long wide = taken.dimension(index);
      if (wide != Shape.ANY && wide != given.dimension(index)) {
        return false;
      }
    }
    return true;
  }

  private static Reason differs(String what) {
    return new Reason(
        CODE,
        what
            + "; requests that work now would not. Upload it under a name of its own, or describe model.inputs and model.outputs in model.yaml to say that the change is meant");
  }
}

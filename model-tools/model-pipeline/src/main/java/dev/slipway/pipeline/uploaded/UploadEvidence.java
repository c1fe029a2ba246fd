package dev.slipway.pipeline.uploaded;

import dev.slipway.bundle.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that speaks for a model that is packed.
 *
 * @param model the model with its requests
 * @param gate what it was measured by; empty without right answers
 * @param measured how the served form did
 * @param live the model that serves now; empty when there is none
 * @param recipe the form that is served
 * @param forms every form tried
 */
record UploadEvidence(
    UploadedModel model,
    Optional<UploadGate> gate,
    Optional<UploadGate.Measured> measured,
    Optional<LiveComparison> live,
    String recipe,
    List<UploadReport.Row> forms) {
  /** Keeps a copy of the forms. */
  UploadEvidence {
    forms = List.copyOf(forms);
  }

  /** {@return the metrics for the manifest; without right answers only how many rows were asked} */
  Metrics metrics() {
    return gate.isPresent() && measured.isPresent()
        ? new Metrics(
            gate.get().gate().metric().word(),
            OptionalDouble.of(gate.get().floatValue()),
            OptionalDouble.of(measured.get().value()),
            Optional.of(
                new Metrics.Interval(
                    measured.get().interval().low(), measured.get().interval().high())),
            gate.get().liveValue(),
            gate.get().right().truth().rows())
        : new Metrics(
            "agreement",
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            model.requests().size());
  }

  /** {@return the facts for the step's result} */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("recipe", recipe);
    facts.put("requests", model.requests().size());
    gate.ifPresent(one -> {
      facts.put("metric", one.gate().metric().word());
      facts.put("float", one.floatValue());
      one.liveValue().ifPresent(value -> facts.put("live", value));
    });
    measured.ifPresent(one -> facts.put("value", one.value()));
    facts.put("comparedWithLive", comparedWithLive());
    return facts;
  }

  /** {@return one sentence on the live model} */
  String comparedWithLive() {
    if (live.isEmpty()) {
      return "no model serves yet: there is nothing to compare with";
    }
    LiveComparison found = live.get();
    if (!found.differences().isEmpty()) {
      return "not compared with bundle %s: inputs or outputs differ, as model.yaml describes them"
          .formatted(found.digest());
    }
    return "answers %d of %d requests like the live bundle %s"
        .formatted(found.alike(), found.asked(), found.digest());
  }
}

package dev.slipway.pipeline.uploaded;

import dev.slipway.pipeline.report.Page;
import java.util.List;
import java.util.Locale;

/** The report of an uploaded model: what was tried, and with what result. */
final class UploadReport {
  private UploadReport() {}

  /**
   * One form of the model.
   *
   * @param objection why it may not be served; empty when it may
   */
  record Row(String recipe, long bytes, String objection, boolean chosen) {}

  static String html(String name, UploadEvidence evidence) {
    UploadedModel model = evidence.model();
    Page page = new Page(name);
    page.paragraph(
        "A finished model, uploaded. It was admitted, answered %d requests in a process of its own, and %s."
            .formatted(
                model.requests().size(),
                model.golden().isPresent()
                    ? "gave the answers that its golden requests expect"
                    : "came without golden requests: nothing says that its answers are right"));
    page.heading("Forms tried");
    page.table(List.of("recipe", "bytes", "verdict"));
    for (Row row : evidence.forms()) {
      page.row(
          List.of(
              row.recipe() + (row.chosen() ? " (served)" : ""),
              Long.toString(row.bytes()),
              row.objection().isEmpty() ? "agrees" : row.objection()));
    }
    page.endTable();
    page.heading("Compared with the live model");
    page.paragraph("This model " + evidence.comparedWithLive() + ".");
    measured(evidence, page);
    page.heading("Inputs and outputs");
    page.table(List.of("tensor", "datatype", "shape"));
    model
        .signature()
        .inputs()
        .forEach(
            one -> page.row(List.of(one.name(), one.datatype().name(), one.shape().toString())));
    model
        .signature()
        .outputs()
        .forEach(
            one -> page.row(List.of(one.name(), one.datatype().name(), one.shape().toString())));
    page.endTable();
    return page.html();
  }

  private static void measured(UploadEvidence evidence, Page page) {
    if (evidence.gate().isEmpty() || evidence.measured().isEmpty()) {
      page.paragraph("No right answers came with the model, so nothing was measured.");
      return;
    }
    UploadGate gate = evidence.gate().get();
    UploadGate.Measured served = evidence.measured().get();
    page.table(List.of("model", gate.gate().metric().word(), "rows"));
    String rows = Integer.toString(gate.right().truth().rows());
    page.row(
        List.of(
            "served form",
            "%s (95 %% interval %s to %s)"
                .formatted(
                    number(served.value()),
                    number(served.interval().low()),
                    number(served.interval().high())),
            rows));
    page.row(List.of("as it came", number(gate.floatValue()), rows));
    gate.liveValue().ifPresent(value -> page.row(List.of("live", number(value), rows)));
    page.endTable();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}

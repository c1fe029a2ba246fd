package dev.slipway.pipeline.uploaded;

import dev.slipway.pipeline.report.Page;
import java.util.List;

/** The report of an uploaded model: what was tried, and with what result. */
final class UploadReport {
  private UploadReport() {}

  /**
   * One form of the model.
   *
   * @param objection why it may not be served; empty when it may
   */
  record Row(String recipe, long bytes, String objection, boolean chosen) {}

  static String html(String name, UploadedModel model, List<Row> rows) {
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
    for (Row row : rows) {
      page.row(
          List.of(
              row.recipe() + (row.chosen() ? " (served)" : ""),
              Long.toString(row.bytes()),
              row.objection().isEmpty() ? "agrees" : row.objection()));
    }
    page.endTable();
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
}

package dev.slipway.pipeline.report;

import dev.slipway.pipeline.evaluate.Confusion;
import dev.slipway.pipeline.evaluate.Gate;
import dev.slipway.pipeline.evaluate.RocCurve;
import dev.slipway.pipeline.evaluate.Truth;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.report.Evaluation.Measured;
import dev.slipway.pipeline.train.TrainingRecord;
import dev.slipway.pipeline.train.Trial;
import java.util.List;
import java.util.Locale;

/**
 * The report of a bundle: one HTML file with inline pictures, nothing loaded from elsewhere. Equal
 * inputs give equal bytes: no time, no host.
 */
public final class Report {
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2733}
      h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse}
      td,th{padding:.25rem .75rem;border-bottom:1px solid #d8dee4;text-align:left}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.yes{color:#116329}.no{color:#a40e26}
      svg{background:#fff;border:1px solid #d8dee4}.small{color:#57606a;font-size:.9rem}
      """;

  private final StringBuilder html = new StringBuilder();

  private Report() {}

  /** {@return the report} */
  public static String html(
      String model,
      ModelSchema schema,
      TrainingRecord record,
      Evaluation evaluation,
      Measured chosen,
      Truth truth) {
    Report report = new Report();
    report.head(model, evaluation, chosen);
    report.forms(evaluation, chosen);
    report.picture(schema, chosen, truth);
    report.trials(record);
    report.columns(record);
    report.html.append("</body></html>\n");
    return report.html.toString();
  }

  private void head(String model, Evaluation evaluation, Measured chosen) {
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(Html.escaped(model))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(Html.escaped(model))
        .append("</h1><p>Serves <b>")
        .append(Html.escaped(chosen.form().recipe()))
        .append("</b>: ")
        .append(evaluation.metric().word())
        .append(" <b>")
        .append(number(chosen.value()))
        .append("</b> on ")
        .append(evaluation.rows())
        .append(" held-out rows (95 % interval ")
        .append(number(chosen.interval().low()))
        .append(" to ")
        .append(number(chosen.interval().high()))
        .append("); float ")
        .append(number(evaluation.floatValue()));
    evaluation.liveValue().ifPresent(live -> html.append("; live ").append(number(live)));
    html.append("; without a model ").append(number(evaluation.trivial())).append(".</p>");
  }

  private void forms(Evaluation evaluation, Measured chosen) {
    html.append("<h2>Forms tried</h2><table><tr><th>recipe</th><th class=n>")
        .append(evaluation.metric().word())
        .append("</th><th class=n>bytes</th><th>gate</th></tr>");
    for (Measured form : evaluation.forms()) {
      html.append("<tr><td>")
          .append(form.equals(chosen) ? "<b>" : "")
          .append(Html.escaped(form.form().recipe()))
          .append(form.equals(chosen) ? "</b> (served)" : "")
          .append("</td><td class=n>")
          .append(number(form.value()))
          .append("</td><td class=n>")
          .append(form.form().bytes())
          .append("</td><td>")
          .append(verdict(form.verdict()))
          .append("</td></tr>");
    }
    html.append("</table>");
    chosen
        .form()
        .layers()
        .forEach(line -> html.append("<p class=small>").append(Html.escaped(line)).append("</p>"));
  }

  private static String verdict(Gate.Verdict verdict) {
    return switch (verdict) {
      case Gate.Verdict.Accepted _ -> "<span class=yes>passed</span>";
      case Gate.Verdict.Refused(var reasons) ->
          "<span class=no>" + Html.escaped(reasons.getFirst().message()) + "</span>";
    };
  }

  private void picture(ModelSchema schema, Measured chosen, Truth truth) {
    if (schema.labels().size() == 2) {
      html.append("<h2>ROC of ")
          .append(Html.escaped(schema.labels().get(1)))
          .append("</h2>")
          .append(Svg.curve(RocCurve.points(chosen.answers(), truth, 1)));
    }
    if (schema.classifies()) {
      html.append("<h2>Confusion (rows: truth; columns: answer)</h2>");
      confusion(schema.labels(), Confusion.of(chosen.answers(), truth));
      html.append("<h2>Calibration</h2>").append(Svg.calibration(chosen.answers(), truth));
    } else {
      html.append("<h2>Predicted against true</h2>").append(Svg.scatter(chosen.answers(), truth));
      html.append("<h2>Residuals</h2>").append(Svg.residuals(chosen.answers(), truth));
    }
  }

  private void confusion(List<String> labels, Confusion confusion) {
    html.append("<table><tr><th></th>");
    labels.forEach(
        label -> html.append("<th class=n>").append(Html.escaped(label)).append("</th>"));
    html.append("</tr>");
    for (int row = 0; row < labels.size(); row++) {
      html.append("<tr><th>").append(Html.escaped(labels.get(row))).append("</th>");
      for (int column = 0; column < labels.size(); column++) {
        html.append("<td class=n>").append(confusion.count(row, column)).append("</td>");
      }
      html.append("</tr>");
    }
    html.append("</table>");
  }

  private void trials(TrainingRecord record) {
    html.append("<h2>Search</h2><p>")
        .append(Html.escaped(record.trainer()))
        .append(" with ")
        .append(record.parameters())
        .append(" weights, trained on ")
        .append(Html.escaped(record.device()))
        .append("; rows ")
        .append(record.rows())
        .append(" (train, validation, test).</p>");
    if (!record.curve().isEmpty()) {
      html.append(Svg.losses(record.curve()));
    }
    html.append("<table><tr><th>tried</th><th class=n>validation loss</th></tr>");
    for (Trial trial : record.trials()) {
      html.append("<tr><td>")
          .append(Html.escaped(trial.settings()))
          .append("</td><td class=n>")
          .append(number(trial.validationLoss()))
          .append("</td></tr>");
    }
    html.append("</table>");
  }

  private void columns(TrainingRecord record) {
    html.append("<h2>Columns</h2><ul>");
    record
        .columns()
        .forEach(line -> html.append("<li>").append(Html.escaped(line)).append("</li>"));
    html.append("</ul>");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}

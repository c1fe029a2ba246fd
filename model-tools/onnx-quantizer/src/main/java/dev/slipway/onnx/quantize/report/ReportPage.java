package dev.slipway.onnx.quantize.report;

import dev.slipway.onnx.quantize.AutoQuantizer.Trial;
import dev.slipway.onnx.quantize.Comparison;
import dev.slipway.onnx.quantize.Improvement;
import dev.slipway.onnx.quantize.LayerOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as one HTML page that loads nothing. Stateless and thread-safe. */
public final class ReportPage {
  private static final String STYLE =
      """
      :root{--ink:#1c2530;--soft:#5c6b7a;--line:#dde3ea;--float:#9aa7b5;--made:#1f6feb;--bad:#c0392b}
      body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);max-width:960px;
      margin:2rem auto;padding:0 1.2rem;background:#fff}
      h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
      p.lead{color:var(--soft);margin:.2rem 0 1.2rem}
      .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:.8rem}
      .card{border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem}
      .card b{display:block;font-size:1.35rem;line-height:1.3}.card span{color:var(--soft);font-size:.85rem}
      table{border-collapse:collapse;width:100%;font-size:.9rem}
      th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
      th{color:var(--soft);font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;
      white-space:nowrap}tr.kept td{background:#eef5ff}td.name{overflow-wrap:anywhere;min-width:8rem;max-width:16rem}
      svg{display:block;width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
      .soft{color:var(--soft)}
      """;

  private ReportPage() {}

  /** {@return the page} */
  public static String of(QuantizationReport report) {
    StringBuilder page = new StringBuilder(8192);
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
        .append(text("Quantization of " + report.model()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(text(report.model()))
        .append("</h1><p class=\"lead\">")
        .append(text(lead(report)))
        .append("</p>");
    cards(page, report);
    bars(page, report);
    trials(page, report);
    layers(page, report);
    page.append("<h2>Machine</h2><p>")
        .append(text(machine(report.host())))
        .append("</p></body></html>\n");
    return page.toString();
  }

  private static String lead(QuantizationReport report) {
    long quantized = report.layers().stream().filter(LayerOutcome::quantized).count();
    String how =
        report
            .kept()
            .map(options ->
                "%s for %s: %d of %d layers quantized"
                    .formatted(
                        options.recipe().word(),
                        options.target().word(),
                        quantized,
                        report.layers().size()))
            .orElse("Kept in float: nothing that was tried is good enough");
    String samples =
        report.samples() == 0 ? "no samples" : report.samples() + " calibration samples";
    return "%s; %s; %s s".formatted(how, samples, number(report.seconds(), 1));
  }

  private static void cards(StringBuilder page, QuantizationReport report) {
    page.append("<div class=\"cards\">");
    card(
        page,
        number(100.0 * report.bytesAfter() / report.bytesBefore(), 1) + " %",
        "size: %s of %s".formatted(size(report.bytesAfter()), size(report.bytesBefore())));
    report
        .comparison()
        .ifPresent(result -> {
          card(page, decibel(result.decibel()), "signal to quantization noise at the outputs");
          if (result.exactMeasure().isPresent() && result.roughMeasure().isPresent()) {
            Comparison.Measure exact = result.exactMeasure().get();
            card(
                page,
                number(result.roughMeasure().get().value(), 4),
                "%s; float %s".formatted(exact.name(), number(exact.value(), 4)));
          } else {
            card(
                page,
                number(100 * result.agreement(), 1) + " %",
                "decisions as in float, of %d samples".formatted(result.samples()));
          }
          card(
              page,
              number(result.exactTimes().p50() / result.roughTimes().p50(), 2) + " ×",
              "speed of float, at the median of one thread");
        });
    page.append("</div>");
  }

  private static void card(StringBuilder page, String figure, String what) {
    page.append("<div class=\"card\"><b>")
        .append(text(figure))
        .append("</b><span>")
        .append(text(what))
        .append("</span></div>");
  }

  private static void bars(StringBuilder page, QuantizationReport report) {
    report
        .comparison()
        .ifPresent(result -> {
          page.append("<h2>Time of one run, in microseconds</h2>");
          BarChart times = new BarChart("µs", 1);
          times.add("float p50", result.exactTimes().p50(), "float");
          times.add("quantized p50", result.roughTimes().p50(), "made");
          times.add("float p99", result.exactTimes().p99(), "float");
          times.add("quantized p99", result.roughTimes().p99(), "made");
          page.append(times.svg());
        });
    if (!report.decibels().isEmpty()) {
      page.append(
              "<h2>Closeness at each layer's output, in decibel</h2><p class=\"soft\">All noise")
          .append(" up to there together; higher is closer. Below 20 dB an error is a tenth of the")
          .append(" signal.</p>");
      BarChart layers = new BarChart("dB", 1);
      report
          .decibels()
          .forEach((layer, decibel) ->
              layers.add(
                  layer, Double.isFinite(decibel) ? decibel : 100, decibel < 20 ? "bad" : "made"));
      page.append(layers.svg());
    }
  }

  private static void trials(StringBuilder page, QuantizationReport report) {
    if (report.trials().isEmpty()) {
      return;
    }
    page.append("<h2>What was tried</h2><table><tr><th>recipe</th><th class=\"n\">size</th>")
        .append(
            "<th class=\"n\">closeness</th><th class=\"n\">on labels</th><th class=\"n\">p50</th>")
        .append("<th class=\"n\">p99</th><th>verdict</th></tr>");
    for (Trial trial : report.trials()) {
      boolean kept = trial.why().startsWith("kept");
      int left = trial.options().excluded().size();
      page.append(kept ? "<tr class=\"kept\"><td>" : "<tr><td>")
          .append(trial.options().recipe().word())
          .append(left == 0 ? "" : " <span class=\"soft\">(" + left + " in float)</span>")
          .append(
              trial.options().improvements().containsAll(Improvement.scaling())
                  ? " <span class=\"soft\">(channels scaled)</span>"
                  : "")
          .append("</td>");
      cell(page, trial.bytes() == 0 ? "" : size(trial.bytes()));
      cell(page, trial.comparison().map(one -> decibel(one.decibel())).orElse(""));
      cell(
          page,
          trial
              .comparison()
              .flatMap(Comparison::roughMeasure)
              .map(one -> number(one.value(), 4))
              .orElse(""));
      cell(
          page,
          trial.comparison().map(one -> number(one.roughTimes().p50(), 0) + " µs").orElse(""));
      cell(
          page,
          trial.comparison().map(one -> number(one.roughTimes().p99(), 0) + " µs").orElse(""));
      page.append("<td>").append(text(trial.why())).append("</td></tr>");
    }
    page.append("</table>");
  }

  private static void cell(StringBuilder page, String content) {
    page.append("<td class=\"n\">").append(text(content)).append("</td>");
  }

  private static void layers(StringBuilder page, QuantizationReport report) {
    List<LayerOutcome> left = new ArrayList<>();
    List<LayerOutcome> done = new ArrayList<>();
    report.layers().forEach(layer -> (layer.quantized() ? done : left).add(layer));
    page.append("<h2>Left in float</h2>");
    if (left.isEmpty()) {
      page.append("<p class=\"soft\">No layer.</p>");
    } else {
      table(page, left);
    }
    page.append("<h2>Quantized</h2>");
    if (done.isEmpty()) {
      page.append("<p class=\"soft\">No layer.</p>");
    } else {
      table(page, done);
    }
  }

  private static void table(StringBuilder page, List<LayerOutcome> layers) {
    page.append("<table><tr><th>layer</th><th>operator</th><th>why or how</th></tr>");
    for (LayerOutcome layer : layers) {
      page.append("<tr><td class=\"name\">")
          .append(text(layer.node()))
          .append("</td><td>")
          .append(text(layer.type()))
          .append("</td><td>")
          .append(text(layer.why()))
          .append("</td></tr>");
    }
    page.append("</table>");
  }

  private static String machine(Host host) {
    return "%s %s, %d threads; %s. %s"
        .formatted(
            host.processor(),
            host.architecture(),
            host.threads(),
            String.join(" ", host.features()),
            host.addsIn32Bits()
                ? "It adds products of bytes in 32 bits, so none saturate here."
                : "It adds pairs of products of bytes in 16 bits, which full-range weights overflow.");
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String decibel(double value) {
    return Double.isFinite(value) ? number(value, 1) + " dB" : "equal";
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? number(bytes / 1e3, 1) + " kB"
        : number(bytes / 1e6, bytes < 100_000_000 ? 2 : 0) + " MB";
  }

  static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

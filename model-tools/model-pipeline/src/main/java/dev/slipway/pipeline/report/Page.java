package dev.slipway.pipeline.report;

import java.util.List;

/** A self-contained HTML page, built from top to bottom. Not thread-safe. */
public final class Page {
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2733}
      h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse}
      td,th{padding:.25rem .75rem;border-bottom:1px solid #d8dee4;text-align:left;vertical-align:top}
      """;

  private final StringBuilder html = new StringBuilder();

  /** Starts a page. */
  public Page(String title) {
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(Html.escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(Html.escaped(title))
        .append("</h1>");
  }

  /** Adds a heading. */
  public void heading(String text) {
    html.append("<h2>").append(Html.escaped(text)).append("</h2>");
  }

  /** Adds a paragraph. */
  public void paragraph(String text) {
    html.append("<p>").append(Html.escaped(text)).append("</p>");
  }

  /** Starts a table. */
  public void table(List<String> header) {
    html.append("<table><tr>");
    header.forEach(cell -> html.append("<th>").append(Html.escaped(cell)).append("</th>"));
    html.append("</tr>");
  }

  /** Adds a row to the table. */
  public void row(List<String> cells) {
    html.append("<tr>");
    cells.forEach(cell -> html.append("<td>").append(Html.escaped(cell)).append("</td>"));
    html.append("</tr>");
  }

  /** Ends the table. */
  public void endTable() {
    html.append("</table>");
  }

  /** {@return the whole page} */
  public String html() {
    return html + "</body></html>\n";
  }
}

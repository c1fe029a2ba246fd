package dev.slipway.pipeline.report;

import java.util.Locale;

/** One picture as inline SVG: a square with labelled axes. Not thread-safe. */
final class Plot {
  private static final int SIZE = 280;
  private static final int LEFT = 56;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;
  private static final int RIGHT = 16;
  private static final int TICKS = 4;

  private final double lowX;
  private final double highX;
  private final double lowY;
  private final double highY;
  private final StringBuilder svg = new StringBuilder();

  Plot(String xLabel, double lowX, double highX, String yLabel, double lowY, double highY) {
    this.lowX = lowX;
    this.highX = highX > lowX ? highX : lowX + 1;
    this.lowY = lowY;
    this.highY = highY > lowY ? highY : lowY + 1;
    svg.append(
        "<svg viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\" role=\"img\" aria-label=\"%3$s by %4$s\" font-size=\"11\" fill=\"#57606a\">"
            .formatted(
                LEFT + SIZE + RIGHT,
                TOP + SIZE + BOTTOM,
                Html.escaped(yLabel),
                Html.escaped(xLabel)));
    for (int tick = 0; tick <= TICKS; tick++) {
      double share = tick / (double) TICKS;
      double x = this.lowX + share * (this.highX - this.lowX);
      double y = this.lowY + share * (this.highY - this.lowY);
      text(LEFT + share * SIZE, TOP + SIZE + 16.0, "middle", value(x));
      text(LEFT - 6.0, TOP + (1 - share) * SIZE + 4, "end", value(y));
      rule(this.lowX, y, this.highX, y);
      rule(x, this.lowY, x, this.highY);
    }
    text(LEFT + SIZE / 2.0, TOP + SIZE + 36.0, "middle", Html.escaped(xLabel));
    svg.append(
        "<text text-anchor=\"middle\" transform=\"translate(12 %d) rotate(-90)\">%s</text>"
            .formatted(TOP + SIZE / 2, Html.escaped(yLabel)));
  }

  private void text(double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
            x,
            y,
            anchor,
            text));
  }

  private void rule(double fromX, double fromY, double toX, double toY) {
    svg.append("<polyline fill=\"none\" stroke=\"#e6eaef\" points=\"");
    point(fromX, fromY);
    point(toX, toY);
    svg.append("\"/>");
  }

  private static String value(double value) {
    String text = String.format(Locale.ROOT, "%.3g", value);
    boolean plain = text.indexOf('.') >= 0 && text.indexOf('e') < 0;
    return plain ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  private void point(double x, double y) {
    svg.append(
        String.format(
            Locale.ROOT,
            "%.1f,%.1f ",
            LEFT + SIZE * (x - lowX) / (highX - lowX),
            TOP + SIZE * (highY - y) / (highY - lowY)));
  }

  /** Adds a straight line from corner to corner of the given points, for comparison. */
  Plot guide(double fromX, double fromY, double toX, double toY) {
    svg.append("<polyline fill=\"none\" stroke=\"#8c959f\" stroke-dasharray=\"4 4\" points=\"");
    point(fromX, fromY);
    point(toX, toY);
    svg.append("\"/>");
    return this;
  }

  /** Adds a line through points; values that are not finite are left out. */
  Plot line(String colour, double[] x, double[] y) {
    svg.append(
        "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"".formatted(colour));
    for (int index = 0; index < x.length; index++) {
      if (Double.isFinite(y[index])) {
        point(x[index], y[index]);
      }
    }
    svg.append("\"/>");
    return this;
  }

  /** Adds a dot. */
  Plot dot(double x, double y, double radius) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle fill=\"#0969da\" fill-opacity=\"0.5\" r=\"%.1f\" cx=\"%.1f\" cy=\"%.1f\"/>",
            radius,
            LEFT + SIZE * (x - lowX) / (highX - lowX),
            TOP + SIZE * (highY - y) / (highY - lowY)));
    return this;
  }

  /** {@return the picture} */
  String svg() {
    return svg + "</svg>";
  }
}

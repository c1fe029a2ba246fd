package dev.slipway.onnx.quantize.report;

import java.util.ArrayList;
import java.util.List;

/** Horizontal bars with their names and values, as inline SVG. Not thread-safe. */
final class BarChart {
  private record Bar(String name, double value, String color) {}

  private static final int WIDTH = 920;
  private static final int NAMES = 260;
  private static final int ROW = 22;
  private static final int VALUES = 90;
  private static final int LONGEST_NAME = 38;

  private final String unit;
  private final int decimals;
  private final List<Bar> bars = new ArrayList<>();

  BarChart(String unit, int decimals) {
    this.unit = unit;
    this.decimals = decimals;
  }

  /**
   * @param color of the page's palette
   */
  void add(String name, double value, String color) {
    bars.add(new Bar(name, value, color));
  }

  String svg() {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    StringBuilder svg =
        new StringBuilder(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, ROW * bars.size() + 4));
    for (int row = 0; row < bars.size(); row++) {
      Bar bar = bars.get(row);
      double length = Math.max(1, bar.value() / Math.max(most, 1e-12) * (WIDTH - NAMES - VALUES));
      int top = row * ROW + 2;
      svg.append(
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\"><title>%s</title>%s</text>"
                  .formatted(
                      NAMES - 8, top + 14, ReportPage.text(bar.name()), shortened(bar.name())))
          .append(
              "<rect x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\" fill=\"var(--%s)\"/>"
                  .formatted(NAMES, top + 2, ReportPage.number(length, 1), ROW - 6, bar.color()))
          .append(
              "<text x=\"%s\" y=\"%d\">%s %s</text>"
                  .formatted(
                      ReportPage.number(NAMES + length + 6, 1),
                      top + 14,
                      ReportPage.number(bar.value(), decimals),
                      unit));
    }
    return svg.append("</svg>").toString();
  }

  /** The end of a node's name says more than its start. */
  private static String shortened(String name) {
    return ReportPage.text(
        name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME));
  }
}

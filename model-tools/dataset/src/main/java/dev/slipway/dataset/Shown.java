package dev.slipway.dataset;

/** How a cell is shown in a message: quoted, on one line, not too long. */
final class Shown {
  private static final int MOST = 40;

  private Shown() {}

  static String of(String cell) {
    String line = cell.replaceAll("[\\p{Cntrl}]", " ");
    return '"' + (line.length() > MOST ? line.substring(0, MOST) + "…" : line) + '"';
  }
}

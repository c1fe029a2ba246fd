package dev.slipway.tasks.testing;

import java.nio.charset.StandardCharsets;

/** A table of two numbers and a class that every check passes. */
public final class SmallTable {
  private SmallTable() {}

  /** {@return thirty rows as CSV} */
  public static String csv() {
    StringBuilder csv = new StringBuilder("person,length,width,kind\n");
    for (int row = 1; row <= 30; row++) {
      csv.append("P-").append(1000 + row).append(',');
      csv.append(row * 0.5 + 0.25).append(',').append(row % 7 + 0.5).append(',');
      csv.append(row % 2 == 0 ? "cat" : "dog").append('\n');
    }
    return csv.toString();
  }

  /** {@return the rows as bytes} */
  public static byte[] bytes() {
    return csv().getBytes(StandardCharsets.UTF_8);
  }
}

package dev.slipway.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How the memory of one process is told, by files of {@code /proc} (Linux). */
public enum MemoryMeasure {
  /** Its pages, those shared with other processes divided among them: sums count no page twice. */
  PSS("smaps_rollup", "Pss:"),
  /** Its pages, shared ones in full: a sum counts them several times, so it is an upper bound. */
  RSS("status", "VmRSS:");

  private static final long KIBIBYTE = 1024;

  private final String file;
  private final String field;

  MemoryMeasure(String file, String field) {
    this.file = file;
    this.field = field;
  }

  /** {@return the best measure that {@code proc} offers, empty where there is none} */
  public static Optional<MemoryMeasure> offered(Path proc) {
    Path self = proc.resolve("self");
    for (MemoryMeasure measure : values()) {
      if (Files.isReadable(self.resolve(measure.file))) {
        return Optional.of(measure);
      }
    }
    return Optional.empty();
  }

  /** {@return bytes of the process whose folder in {@code /proc} this is; 0 when it has ended} */
  long bytes(Path process) {
    try {
      return parse(Files.readString(process.resolve(file)));
    } catch (IOException _) {
      // Processes end while we look; what is gone uses nothing.
      return 0;
    }
  }

  /** {@return the field's value in bytes; 0 when the text, as a zombie's, has none} */
  long parse(String text) {
    return text.lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip().split("\\s+", 2)[0])
        .mapToLong(kibibytes -> Long.parseLong(kibibytes) * KIBIBYTE)
        .findFirst()
        .orElse(0);
  }
}

package dev.slipway.pipeline;

import dev.slipway.dataset.DatasetException;
import dev.slipway.dataset.ReadLimits;
import dev.slipway.dataset.Table;
import dev.slipway.dataset.TableReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables for tests, read as CSV. */
public final class CsvTables {
  private CsvTables() {}

  /** {@return the table; cells hold neither commas nor quotes} */
  public static Table of(List<String> header, List<List<String>> rows) {
    String csv =
        Stream.concat(Stream.of(header), rows.stream())
            .map(cells -> String.join(",", cells) + "\n")
            .collect(Collectors.joining());
    try {
      return TableReader.read(
          new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), ReadLimits.defaults());
    } catch (DatasetException wrong) {
      throw new IllegalArgumentException(wrong);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

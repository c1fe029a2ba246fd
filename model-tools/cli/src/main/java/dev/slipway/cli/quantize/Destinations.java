package dev.slipway.cli.quantize;

import dev.slipway.cli.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks, before any work, that what is read will not be overwritten and what is made can be. */
final class Destinations {
  private Destinations() {}

  static void check(QuantizeRequest request) {
    List<Path> read = new ArrayList<>(List.of(request.in()));
    request.calibration().ifPresent(read::add);
    request.labels().ifPresent(read::add);
    Map<String, Path> written = new LinkedHashMap<>();
    written.put("OUT", request.out());
    request.report().ifPresent(file -> written.put("--report", file));
    if (!Files.isRegularFile(request.in())) {
      throw new Refusal("FILE_MISSING", request.in() + ": there is no such file");
    }
    written.forEach((what, file) -> {
      for (Path source : read) {
        if (isSame(source, file)) {
          throw new Refusal(
              "OUTPUT_IS_INPUT",
              "%s is %s, which is read; give another file".formatted(what, file));
        }
      }
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
        throw new Refusal(
            "OUTPUT_UNWRITABLE",
            "%s is %s; expected a file in a folder that exists and can be written"
                .formatted(what, file));
      }
    });
    if (request.report().filter(file -> isSame(file, request.out())).isPresent()) {
      throw new Refusal("OUTPUT_IS_INPUT", "--report and OUT are the same file");
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
          || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
    } catch (IOException unreadable) {
      throw new Refusal("FILE_UNREADABLE", one + " can't be read", unreadable);
    }
  }
}

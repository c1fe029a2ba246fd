package dev.slipway.cli.bench.quantize;

import dev.slipway.cli.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The Python quantizer to compare with, in a virtual environment of its own.
 *
 * @param python its interpreter
 * @param script what it runs
 */
record Anchor(Path python, Path script) {
  /** The runtime of the same version as the one that runs the models here. */
  private static final List<String> PACKAGES = List.of("onnxruntime==1.29.0", "onnx==1.22.0");

  /**
   * What one recipe of the anchor gave.
   *
   * @param recipe its name
   * @param model the file; empty if it failed
   * @param seconds it took
   * @param why it failed
   */
  record Made(String recipe, Optional<Path> model, double seconds, String why) {}

  /** {@return the anchor, empty if there is no Python or its packages cannot be installed} */
  static Optional<Anchor> find(Path home) {
    Path folder = home.resolve("anchor");
    Path python = folder.resolve("bin").resolve("python");
    try {
      Files.createDirectories(home);
      if (!succeeds(List.of(python.toString(), "-c", "import onnxruntime.quantization, onnx"))) {
        List<String> install =
            new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "-q"));
        install.addAll(PACKAGES);
        if (!succeeds(List.of("python3", "-m", "venv", folder.toString())) || !succeeds(install)) {
          return Optional.empty();
        }
      }
      Path script = home.resolve("anchor.py");
      try (InputStream source = Anchor.class.getResourceAsStream("anchor.py")) {
        if (source == null) {
          throw new IOException("anchor.py is not in the program");
        }
        Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
      }
      return Optional.of(new Anchor(python, script));
    } catch (IOException unwritable) {
      throw new Refusal("FILE_UNWRITABLE", home + " can't be written", unwritable);
    }
  }

  List<Made> quantize(Path model, Path calibration, Path folder) {
    List<Made> made = new ArrayList<>();
    for (String line :
        output(
            List.of(
                python.toString(),
                script.toString(),
                model.toString(),
                calibration.toString(),
                folder.toString()))) {
      List<String> parts = Arrays.asList(line.split("\t", -1));
      if (parts.size() == 3) {
        boolean failed = parts.get(1).equals("failed");
        made.add(
            failed
                ? new Made(parts.get(0), Optional.empty(), 0, parts.get(2))
                : new Made(
                    parts.get(0),
                    Optional.of(Path.of(parts.get(1))),
                    Double.parseDouble(parts.get(2)),
                    ""));
      }
    }
    return made;
  }

  private static boolean succeeds(List<String> command) {
    try {
      return start(command).waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> output(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (InputStream text = process.getInputStream()) {
        return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      }
    } catch (IOException failure) {
      throw new Refusal("ANCHOR_FAILED", "the Python anchor can't be started", failure);
    }
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}

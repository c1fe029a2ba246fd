package dev.slipway.onnx.graph.admission;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of its own with a small heap: checks every file of a folder and prints, one line each,
 * the file's name, the milliseconds it took, and {@code ADMITTED} or the codes of the refusals.
 */
final class AdmissionChild {
  private AdmissionChild() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Path> files;
    try (Stream<Path> listed = Files.list(Path.of(arguments[0]))) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      long start = System.nanoTime();
      Verdict verdict = Admission.check(file, AdmissionLimits.defaults());
      long millis = (System.nanoTime() - start) / 1_000_000;
      out.println(file.getFileName() + "\t" + millis + "\t" + word(verdict));
    }
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Admitted _ -> "ADMITTED";
      case Verdict.Refused(List<Refusal> refusals) ->
          refusals.stream().map(Refusal::code).distinct().toList().toString();
    };
  }
}

package dev.slipway.onnx.graph.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.slipway.onnx.graph.conformance.Figures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The hostile corpus, and files near the size limit, in a process with a heap of 256 MB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionHeapTest {
  private static final int MOST_MILLIS = 5_000;

  /** Just under the default limit of 200 MB. */
  private static final int LARGE = 199_000_000;

  private final Map<String, String> verdicts = new TreeMap<>();
  private final Map<String, Long> millis = new TreeMap<>();
  private final Map<String, HostileCorpus.Case> cases = new TreeMap<>();

  @BeforeAll
  void checkAllInOneChild(@TempDir Path folder) throws Exception {
    int number = 0;
    for (HostileCorpus.Case hostile : HostileCorpus.all()) {
      String name = "hostile-%03d".formatted(number++);
      cases.put(name, hostile);
      Files.write(folder.resolve(name), hostile.bytes());
    }
    large(folder.resolve("large-sound"), Hostile.model(_ -> {}));
    large(
        folder.resolve("large-nonsense"),
        Hostile.with(Hostile.node("Nonsense", List.of("x"), List.of("z"))));
    repeated(folder.resolve("large-nodes"), 7, new byte[] {10, 2, 10, 0});
    repeated(folder.resolve("large-unknown"), 4_242, new byte[] {1});
    repeated(folder.resolve("large-metadata"), 14, new byte[] {10, 1, 'a'});
    repeated(folder.resolve("large-names"), 2, new byte[100]);
    run(folder);
  }

  @Test
  void hostileCorpus_in256Megabytes_isRefusedWithItsCode() {
    List<String> wrong = new ArrayList<>();
    cases.forEach((name, hostile) -> {
      String verdict = verdicts.getOrDefault(name, "no answer");
      if (!verdict.contains(hostile.code().name())) {
        wrong.add("%s: expected %s, found %s".formatted(hostile, hostile.code(), verdict));
      }
    });
    assertEquals(List.of(), wrong);
  }

  @Test
  void filesNearTheSizeLimit_in256Megabytes_areJudged() {
    assertEquals("ADMITTED", verdicts.get("large-sound"));
    assertEquals("[ADMISSION_OPERATOR]", verdicts.get("large-nonsense"));
    for (String name : List.of("large-nodes", "large-unknown", "large-metadata", "large-names")) {
      assertTrue(verdicts.getOrDefault(name, "").startsWith("[ADMISSION_"), name);
    }
  }

  @Test
  void everyFile_isJudgedWithinFiveSeconds() {
    Figures.write(
        "hostile",
        "%d files, slowest %d ms, heap 256 MB"
            .formatted(millis.size(), millis.values().stream().mapToLong(m -> m).max().orElse(0)),
        List.of());
    assertEquals(Map.of(), slow());
  }

  private Map<String, Long> slow() {
    Map<String, Long> slow = new TreeMap<>(millis);
    slow.values().removeIf(taken -> taken < MOST_MILLIS);
    return slow;
  }

  private void run(Path folder) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process child =
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                AdmissionChild.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    child.getOutputStream().close();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(child.waitFor(1, TimeUnit.MINUTES), "the child goes on");
    assertEquals(0, child.exitValue(), said);
    for (String line : said.lines().toList()) {
      String[] parts = line.split("\t", -1);
      if (parts.length == 3) {
        millis.put(parts[0], Long.parseLong(parts[1]));
        verdicts.put(parts[0], parts[2]);
      }
    }
  }

  /** Appends to the model's graph a constant that brings the file to {@link #LARGE} bytes. */
  private static void large(Path file, byte[] model) throws IOException {
    byte[] start = Hostile.tensor(1, LARGE / Float.BYTES).build().toByteArray();
    int payload = LARGE / Float.BYTES * Float.BYTES;
    int tensor = start.length + CodedOutputStream.computeTagSize(9) + size(payload);
    var sound = dev.slipway.onnx.proto.ModelProto.parseFrom(model);
    byte[] graph = sound.getGraph().toByteArray();
    int whole = graph.length + CodedOutputStream.computeTagSize(5) + size(tensor);
    try (OutputStream stream = Files.newOutputStream(file)) {
      CodedOutputStream output = CodedOutputStream.newInstance(stream, 1 << 16);
      output.writeRawBytes(sound.toBuilder().clearGraph().build().toByteArray());
      output.writeTag(7, 2);
      output.writeUInt32NoTag(whole);
      output.writeRawBytes(graph);
      output.writeTag(5, 2);
      output.writeUInt32NoTag(tensor);
      output.writeRawBytes(start);
      output.writeBytes(9, ByteString.copyFrom(new byte[payload]));
      output.flush();
    }
  }

  private static int size(int length) {
    return CodedOutputStream.computeUInt32SizeNoTag(length) + length;
  }

  /** A file of {@link #LARGE} bytes that repeats one field of the model. */
  private static void repeated(Path file, int field, byte[] content) throws IOException {
    byte[] once =
        Hostile.wire(output -> {
          for (int i = 0; i < 10_000; i++) {
            output.writeByteArray(field, content);
          }
        });
    try (OutputStream stream = Files.newOutputStream(file)) {
      stream.write(Hostile.wire(output -> output.writeInt64(1, 8)));
      for (long written = 0; written < LARGE - once.length; written += once.length) {
        stream.write(once);
      }
    }
  }
}

package dev.slipway.onnx.graph.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.graph.OnnxModel;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
  private static final AdmissionLimits LIMITS = AdmissionLimits.defaults();

  @ParameterizedTest
  @MethodSource("hostile")
  void check_hostileFile_isRefusedWithItsCode(HostileCorpus.Case hostile) {
    Verdict verdict =
        assertTimeout(Duration.ofSeconds(5), () -> Admission.check(hostile.bytes(), LIMITS));

    List<Refusal> refusals = assertInstanceOf(Verdict.Refused.class, verdict).refusals();
    assertTrue(
        refusals.stream().anyMatch(refusal -> refusal.code() == hostile.code()),
        "expected " + hostile.code() + ", found " + refusals);
  }

  static List<HostileCorpus.Case> hostile() {
    return HostileCorpus.all();
  }

  @Test
  void hostileCorpus_hasAtLeast60DifferentCases() {
    List<HostileCorpus.Case> cases = HostileCorpus.all();

    assertTrue(cases.size() >= 60, "only " + cases.size());
    assertEquals(cases.size(), cases.stream().map(HostileCorpus.Case::name).distinct().count());
  }

  @Test
  void check_soundModel_isAdmittedWithTheDigestOfTheFile(@TempDir Path folder) throws Exception {
    byte[] bytes = Hostile.model(_ -> {});
    Path file = Files.write(folder.resolve("sound.onnx"), bytes);

    Verdict verdict = Admission.check(file, LIMITS);

    Verdict.Admitted admitted =
        assertInstanceOf(Verdict.Admitted.class, verdict, verdict::toString);
    assertEquals(OnnxModel.parse(bytes), admitted.model());
    assertEquals(64, admitted.sha256().length());
  }

  @Test
  void check_fileOverTheLimit_isRefusedWithoutReadingIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("large.onnx");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(LIMITS.maxBytes() + 1);
    }

    assertEquals(Refusal.Code.ADMISSION_TOO_LARGE, onlyCode(Admission.check(file, LIMITS)));
  }

  @Test
  void check_missingEmptyFolderAndLink_areRefused(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    Path sound = Files.write(folder.resolve("sound.onnx"), Hostile.model(_ -> {}));
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), sound);

    for (Path file : List.of(folder.resolve("missing.onnx"), empty, folder, link)) {
      assertEquals(
          Refusal.Code.ADMISSION_FILE, onlyCode(Admission.check(file, LIMITS)), file.toString());
    }
  }

  @Test
  void check_severalFaults_namesThemAll() {
    byte[] bytes =
        Hostile.graph(graph ->
            graph
                .addInitializer(Hostile.tensor(1, 5))
                .addNode(Hostile.node("Nonsense", List.of("x"), List.of("z"))));

    List<Refusal> refusals =
        assertInstanceOf(Verdict.Refused.class, Admission.check(bytes, LIMITS)).refusals();

    assertEquals(2, refusals.size(), refusals.toString());
  }

  @Test
  void check_aMillionFaults_reportsAFew() {
    byte[] bytes =
        Hostile.graph(graph -> {
          for (int i = 0; i < 20_000; i++) {
            graph.addNode(Hostile.node("Nonsense", List.of("x"), List.of("z" + i)));
          }
        });

    List<Refusal> refusals =
        assertInstanceOf(Verdict.Refused.class, Admission.check(bytes, LIMITS)).refusals();

    assertEquals(Findings.MOST, refusals.size());
  }

  private static Refusal.Code onlyCode(Verdict verdict) {
    List<Refusal> refusals = assertInstanceOf(Verdict.Refused.class, verdict).refusals();
    assertEquals(1, refusals.size(), refusals.toString());
    return refusals.getFirst().code();
  }
}

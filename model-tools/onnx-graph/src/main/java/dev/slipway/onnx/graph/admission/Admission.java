package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.OnnxException;
import dev.slipway.onnx.graph.OnnxModel;
import dev.slipway.onnx.graph.ReadLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Checks a {@code .onnx} file from outside before any runtime sees it. Stateless and thread-safe.
 *
 * {@snippet :
 * switch (Admission.check(file, AdmissionLimits.defaults())) {
 *   case Verdict.Admitted(OnnxModel model, String sha256) -> use(model);
 *   case Verdict.Refused(List<Refusal> refusals) -> report(refusals);
 * }
 * }
 */
public final class Admission {
  /** Messages nested per subgraph: graph, node, attribute. */
  private static final int MESSAGES_PER_LEVEL = 3;

  /** Below the innermost graph: node, attribute, tensor type, shape, dimension and the like. */
  private static final int MESSAGES_BELOW = 20;

  private Admission() {}

  /** {@return whether the file may be used, and if not every reason found} */
  public static Verdict check(Path file, AdmissionLimits limits) {
    Findings findings = new Findings();
    try {
      if (!isPlainFile(file, limits, findings)) {
        return refused(findings);
      }
      byte[] bytes = read(file, limits);
      return check(bytes, limits);
    } catch (IOException e) {
      findings.add(Refusal.Code.ADMISSION_FILE, "the file cannot be read: %s", e.toString());
      return refused(findings);
    }
  }

  /**
   * {@return whether these bytes, which must not change, may be used; if not every reason found}
   */
  public static Verdict check(byte[] bytes, AdmissionLimits limits) {
    Findings findings = new Findings();
    if (bytes.length > limits.maxBytes()) {
      tooLarge(bytes.length, limits, findings);
      return refused(findings);
    }
    Optional<String> other = OtherFormats.recognize(bytes);
    if (other.isPresent()) {
      findings.add(Refusal.Code.ADMISSION_FILE, "expected an ONNX model, found %s", other.get());
      return refused(findings);
    }
    new WireScan(bytes, limits, findings).run();
    if (!findings.isEmpty()) {
      return refused(findings);
    }
    try {
      OnnxModel model =
          OnnxModel.parse(bytes, new ReadLimits(limits.maxBytes(), recursion(limits)));
      new ModelRules(model, limits, findings).run();
      return findings.isEmpty() ? new Verdict.Admitted(model, sha256(bytes)) : refused(findings);
    } catch (OnnxException e) {
      findings.add(Refusal.Code.ADMISSION_UNREADABLE, "%s", e.toString());
      return refused(findings);
    }
  }

  static int recursion(AdmissionLimits limits) {
    return MESSAGES_PER_LEVEL * limits.maxDepth() + MESSAGES_BELOW;
  }

  private static boolean isPlainFile(Path file, AdmissionLimits limits, Findings findings)
      throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      findings.add(
          Refusal.Code.ADMISSION_FILE,
          "expected one plain file, found none at %s (no folder, no link)",
          Findings.quote(String.valueOf(file.getFileName())));
      return false;
    }
    long size = Files.size(file);
    if (size == 0) {
      findings.add(Refusal.Code.ADMISSION_FILE, "the file is empty; upload it again");
      return false;
    }
    if (size > limits.maxBytes()) {
      tooLarge(size, limits, findings);
      return false;
    }
    return true;
  }

  private static void tooLarge(long size, AdmissionLimits limits, Findings findings) {
    findings.add(
        Refusal.Code.ADMISSION_TOO_LARGE,
        "the file has %d bytes, the limit is %d",
        size,
        limits.maxBytes());
  }

  /** Reads no more than the limit allows, even if the file grows meanwhile. */
  private static byte[] read(Path file, AdmissionLimits limits) throws IOException {
    int most = Math.toIntExact(Math.min(limits.maxBytes() + 1, Integer.MAX_VALUE - 8));
    try (var input = Files.newInputStream(file)) {
      return input.readNBytes(most);
    }
  }

  private static Verdict refused(Findings findings) {
    return new Verdict.Refused(findings.refusals());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("every Java platform has SHA-256", e));
    }
  }
}

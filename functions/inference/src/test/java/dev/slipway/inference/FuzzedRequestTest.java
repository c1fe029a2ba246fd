package dev.slipway.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.inference.testing.Deployment;
import dev.slipway.inference.testing.Events;
import dev.slipway.inference.testing.LambdaProcess;
import dev.slipway.inference.testing.Reply;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.runtime.testing.SampleBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes come: never a 5xx, never an exception, always JSON with a code, never slow. */
class FuzzedRequestTest {
  private static final long SEED = 20261124;
  private static final int ROUNDS = 20_000;
  private static final long MOST_MILLIS = 1000;
  private static final String INFER = "/v2/models/flowers/infer";
  private static final String GOOD =
      "{\"id\":\"a\",\"parameters\":{\"k\":1},\"inputs\":[{\"name\":\"features\",\"shape\":[2,3],"
          + "\"datatype\":\"FP32\",\"data\":[[120.5,null,3e0],[1,-2.25,0.125]]},{\"data\":[\"red\","
          + "\"bl\u00fce\"],\"name\":\"colour\",\"datatype\":\"BYTES\",\"shape\":[2]}],"
          + "\"outputs\":[{\"name\":\"label\"}]}";
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "NaN",
    "Infinity",
    "1e999",
    "-",
    "0",
    "9e38",
    "\\ud800",
    "\\u0000",
    "\"name\"",
    "\"data\"",
    "\"shape\":[0]",
    "[[[[[[",
    "[9223372036854775807]",
    "\"datatype\":\"INT64\"",
    "\"parameters\":{\"binary_data_size\":12}",
    "/*x*/",
    "\ufeff",
    "\ud83d\ude00"
  };

  @TempDir Path opt;

  @Test
  void infer_withMutatedBodies_isAnsweredOrRefused() {
    LambdaProcess process = start();
    Random random = new Random(SEED);
    int answered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = mutate(GOOD.getBytes(StandardCharsets.UTF_8), random);
      answered += check(process, Events.post(INFER, body), round) ? 1 : 0;
    }
    // Some mutations are harmless; most are not. Both must have been looked at.
    assertTrue(answered > ROUNDS / 100 && answered < ROUNDS * 9 / 10, "answered " + answered);
  }

  @Test
  void anyEvent_whenMutated_isAnsweredOrRefused() {
    LambdaProcess process = start();
    Random random = new Random(SEED + 1);
    byte[] event = Events.post(INFER, GOOD.getBytes(StandardCharsets.UTF_8));
    int answered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      answered += check(process, mutate(event, random), round) ? 1 : 0;
    }
    assertTrue(answered > ROUNDS / 100 && answered < ROUNDS * 9 / 10, "answered " + answered);
  }

  private static boolean check(LambdaProcess process, byte[] event, int round) {
    long start = System.nanoTime();
    Reply reply = process.invoke(event);
    long millis = (System.nanoTime() - start) / 1_000_000;
    String where = "seed " + SEED + ", round " + round + ": " + reply.body();
    assertTrue(reply.status() == 200 || (reply.status() >= 400 && reply.status() < 500), where);
    assertTrue(reply.status() == 200 || reply.error().matches("(?s)[A-Z0-9_]+: .+"), where);
    assertTrue(millis < MOST_MILLIS, where + " took " + millis + " ms");
    return reply.status() == 200;
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        byte[] changed = bytes.clone();
        if (at < changed.length) {
          changed[at] = (byte) random.nextInt(256);
        }
        yield changed;
      }
      case 2 -> splice(bytes, at, Math.min(bytes.length, at + random.nextInt(8)), new byte[0]);
      case 3 -> {
        int end = Math.min(bytes.length, at + random.nextInt(20));
        yield splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      }
      default -> {
        byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, at + (random.nextBoolean() ? 0 : piece.length));
        yield splice(bytes, at, end, piece);
      }
    };
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    byte[] spliced = new byte[bytes.length - (to - from) + middle.length];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(middle, 0, spliced, from, middle.length);
    System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
    return spliced;
  }

  private LambdaProcess start() {
    return new LambdaProcess(
        new InferenceHandler(
            Deployment.of(SampleBundle.FLOWERS, opt).environment(),
            RuntimeOptions.of(Map.of("ORT_DISABLE_TELEMETRY", "1")),
            Clock.systemUTC()));
  }
}

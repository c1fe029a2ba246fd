package dev.slipway.onnx.quantize;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes samples as a {@code .npz}: one array per input, samples along axis 0. */
public final class CalibrationArchive {
  private static final int HEAD = 10;
  private static final int ALIGNMENT = 64;

  private CalibrationArchive() {}

  /**
   * Writes the samples, which all have the shape of the first and 1 along axis 0.
   *
   * @throws IllegalArgumentException for strings, or if there is no sample
   */
  public static void write(CalibrationSet samples, Path file) throws IOException {
    if (samples.samples() < 1) {
      throw new IllegalArgumentException("an archive needs at least one sample");
    }
    Map<String, CalibrationTensor> first = samples.iterator().next();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String input : new TreeSet<>(first.keySet())) {
        zip.putNextEntry(new ZipEntry(input + ".npy"));
        zip.write(head(of(first, input), samples.samples()));
        for (Map<String, CalibrationTensor> sample : samples) {
          write(of(sample, input), zip);
        }
      }
    }
  }

  private static CalibrationTensor of(Map<String, CalibrationTensor> sample, String input) {
    CalibrationTensor tensor = sample.get(input);
    if (tensor == null) {
      throw new IllegalArgumentException("a sample lacks the input " + input);
    }
    return tensor;
  }

  private static byte[] head(CalibrationTensor tensor, int samples) {
    StringBuilder shape = new StringBuilder("(" + samples + ",");
    tensor.shape().stream().skip(1).forEach(size -> shape.append(size).append(','));
    String descr =
        switch (tensor) {
          case CalibrationTensor.Floats _ -> "<f4";
          case CalibrationTensor.Longs _ -> "<i8";
          case CalibrationTensor.Texts _, CalibrationTensor.Stored _ ->
              throw new IllegalArgumentException("only floats and longs are written");
        };
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s), }".formatted(descr, shape);
    int padding = ALIGNMENT - (HEAD + text.length() + 1) % ALIGNMENT;
    byte[] words = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(HEAD + words.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) words.length)
        .put(words)
        .array();
  }

  private static void write(CalibrationTensor tensor, OutputStream output) throws IOException {
    switch (tensor) {
      case CalibrationTensor.Floats floats -> {
        ByteBuffer bytes =
            ByteBuffer.allocate(4 * floats.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats.values());
        output.write(bytes.array());
      }
      case CalibrationTensor.Longs longs -> {
        ByteBuffer bytes =
            ByteBuffer.allocate(8 * longs.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(longs.values());
        output.write(bytes.array());
      }
      case CalibrationTensor.Texts _, CalibrationTensor.Stored _ ->
          throw new IllegalArgumentException("only floats and longs are written");
    }
  }
}

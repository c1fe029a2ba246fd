package dev.slipway.onnx.graph;

import com.google.protobuf.UnsafeByteOperations;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.StringStringEntryProto;
import dev.slipway.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tensors whose bytes lie in other files beside the model. ONNX names them by location, offset and
 * length. Locations are relative and stay inside the model's folder, also through symbolic links.
 */
public final class ExternalData {
  /** Offsets are multiples of this many bytes, so that a reader can map the tensors. */
  public static final long ALIGNMENT = 4096;

  private ExternalData() {}

  /** {@return whether an initializer of the main graph lies in another file} */
  public static boolean isUsed(OnnxModel model) {
    return model.graph().getInitializerList().stream().anyMatch(ExternalData::isExternal);
  }

  /** {@return whether the tensor's bytes lie in another file} */
  public static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0;
  }

  /**
   * {@return the model with every external initializer mapped read-only from {@code folder}}. The
   * files must stay as they are while the model is in use.
   */
  public static OnnxModel load(OnnxModel model, Path folder, ReadLimits limits) {
    GraphProto.Builder graph = model.graph().toBuilder();
    long total = 0;
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      TensorProto tensor = graph.getInitializer(i);
      if (isExternal(tensor)) {
        TensorProto loaded = load(tensor, folder);
        total = Math.addExact(total, loaded.getRawData().size());
        limits.checkSize(total, "the external data");
        graph.setInitializer(i, loaded);
      }
    }
    return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
  }

  /**
   * Writes the model with every initializer of at least {@code threshold} bytes in {@code
   * <file>.data} beside it. The way to write models over 2 GiB.
   */
  public static void write(OnnxModel model, Path file, int threshold) {
    String dataName = file.getFileName() + ".data";
    GraphProto.Builder graph = model.graph().toBuilder();
    AtomicFile.write(
        file.resolveSibling(dataName),
        output -> {
          long position = 0;
          for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto tensor = graph.getInitializer(i);
            if (tensor.getRawData().size() < threshold) {
              continue;
            }
            long start = Math.ceilDiv(position, ALIGNMENT) * ALIGNMENT;
            output.write(new byte[Math.toIntExact(start - position)]);
            tensor.getRawData().writeTo(output);
            position = start + tensor.getRawData().size();
            graph.setInitializer(i, point(tensor, dataName, start));
          }
        });
    OnnxModel.of(model.proto().toBuilder().setGraph(graph).build()).write(file);
  }

  private static TensorProto point(TensorProto tensor, String file, long offset) {
    return tensor.toBuilder()
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file))
        .addExternalData(entry("offset", Long.toString(offset)))
        .addExternalData(entry("length", Long.toString(tensor.getRawData().size())))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static TensorProto load(TensorProto tensor, Path folder) {
    Map<String, String> entries = new LinkedHashMap<>();
    tensor.getExternalDataList().forEach(e -> entries.put(e.getKey(), e.getValue()));
    Path file = locate(tensor, entries.getOrDefault("location", ""), folder);
    long expected = TensorReader.type(tensor).bytesFor(TensorReader.count(tensor));
    long offset = number(tensor, entries.getOrDefault("offset", "0"));
    long length = number(tensor, entries.getOrDefault("length", Long.toString(expected)));
    if (length != expected) {
      throw bad(tensor, "needs %d bytes, its entry says %d".formatted(expected, length));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (offset > channel.size() - length) {
        throw bad(
            tensor,
            "ends at byte %d, %s has only %d"
                .formatted(offset + length, file.getFileName(), channel.size()));
      }
      MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
      return tensor.toBuilder()
          .clearExternalData()
          .clearDataLocation()
          .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("reading external data " + file, e);
    }
  }

  private static Path locate(TensorProto tensor, String location, Path folder) {
    Path relative = Path.of(location);
    Path file = folder.resolve(relative).normalize();
    boolean inside = !location.isEmpty() && !relative.isAbsolute() && file.startsWith(folder);
    if (!inside || !Files.isRegularFile(file)) {
      throw bad(tensor, "names the file '" + location + "', which is not in the model's folder");
    }
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw bad(tensor, "names '" + location + "', a link that leaves the model's folder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("resolving " + file, e);
    }
    return file;
  }

  private static long number(TensorProto tensor, String text) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new OnnxException(
          OnnxException.Code.ONNX_EXTERNAL_DATA,
          "tensor '%s' has the offset or length '%s', expected a number"
              .formatted(tensor.getName(), text),
          e);
    }
    throw bad(tensor, "has the negative offset or length " + text);
  }

  private static OnnxException bad(TensorProto tensor, String message) {
    return new OnnxException(
        OnnxException.Code.ONNX_EXTERNAL_DATA, "tensor '" + tensor.getName() + "' " + message);
  }
}

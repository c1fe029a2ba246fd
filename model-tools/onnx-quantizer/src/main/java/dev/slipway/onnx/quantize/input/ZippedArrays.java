package dev.slipway.onnx.quantize.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The arrays of a {@code .npz} file: a zip of {@code .npy} files, stored or deflated. */
final class ZippedArrays {
  private static final String SUFFIX = ".npy";

  private ZippedArrays() {}

  static Map<String, StackedArray> of(Path file) {
    Map<String, StackedArray> arrays = new LinkedHashMap<>();
    for (String entry : entries(file)) {
      if (!entry.endsWith(SUFFIX)) {
        throw Unreadable.file(
            file, "it holds '%s'; expected .npy arrays only, as np.savez writes".formatted(entry));
      }
      String name = entry.substring(0, entry.length() - SUFFIX.length());
      String where = file + ", array '" + name + "'";
      arrays.put(name, StackedArray.of(where, () -> open(file, entry)));
    }
    if (arrays.isEmpty()) {
      throw Unreadable.file(file, "it holds no array; write one per graph input with np.savez");
    }
    return arrays;
  }

  private static List<String> entries(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = new ArrayList<>();
      zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).forEach(names::add);
      return names;
    } catch (ZipException broken) {
      throw Unreadable.file(
          file,
          "it is no complete zip (%s); write it again".formatted(broken.getMessage()),
          broken);
    } catch (IOException failure) {
      throw Unreadable.file(file, "cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static InputStream open(Path file, String entry) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    ZipEntry found = zip.getEntry(entry);
    if (found == null) {
      zip.close();
      throw new IOException("array " + entry + " is gone");
    }
    return new FilterInputStream(new CheckedEntry(zip.getInputStream(found), found)) {
      @Override
      public void close() throws IOException {
        super.close();
        zip.close();
      }
    };
  }
}

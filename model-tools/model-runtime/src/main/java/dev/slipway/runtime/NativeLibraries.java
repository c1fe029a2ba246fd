package dev.slipway.runtime;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where ONNX Runtime finds its native libraries. */
public final class NativeLibraries {
  /** Read by ONNX Runtime when its classes load (its class {@code OnnxRuntime}). */
  private static final String PROPERTY = "onnxruntime.native.path";

  private NativeLibraries() {}

  /**
   * Makes ONNX Runtime load its libraries from files instead of unpacking them from its jar. Must
   * be called before the first use of ONNX Runtime in the process; does nothing when the directory
   * does not hold them, or when the property is already set.
   *
   * @param directory for example {@code $LAMBDA_TASK_ROOT/native}
   */
  public static void useDirectory(Path directory) {
    if (System.getProperty(PROPERTY) == null
        && Files.isRegularFile(directory.resolve("libonnxruntime.so"))) {
      System.setProperty(PROPERTY, directory.toString());
    }
  }
}

package dev.slipway.onnx.graph;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets ONNX Runtime rewrite a model: at {@link Level#BASIC} constants are folded, batch norms go
 * into their convolutions, and the type of every value of the main graph is written down, always in
 * step with the runtime that will serve the model. Run it only on models of one's own or admitted
 * ones.
 */
public final class RuntimeOptimizer {
  /** How far ONNX Runtime may rewrite. */
  public enum Level {
    /** Nothing but shape inference. */
    NONE(OrtSession.SessionOptions.OptLevel.NO_OPT),
    /** Rewrites that stay within standard ONNX. */
    BASIC(OrtSession.SessionOptions.OptLevel.BASIC_OPT),
    /** What a session runs on: fused operators too, but no layout tied to this machine. */
    EXTENDED(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);

    private final OrtSession.SessionOptions.OptLevel level;

    Level(OrtSession.SessionOptions.OptLevel level) {
      this.level = level;
    }
  }

  private RuntimeOptimizer() {}

  /**
   * {@return the model as ONNX Runtime rewrote it, with the type of every tensor of the main graph
   * and as much of its shape as can be known}
   *
   * @throws OnnxException if ONNX Runtime cannot load the model
   */
  public static OnnxModel optimize(OnnxModel model, Level level) {
    return ValueTypes.writeInto(rewritten(model, level));
  }

  private static OnnxModel rewritten(OnnxModel model, Level level) {
    try {
      Path folder = Files.createTempDirectory("slipway-onnx");
      Path optimized = folder.resolve("optimized.onnx");
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setOptimizationLevel(level.level);
        options.setOptimizedModelFilePath(optimized.toString());
        options.setIntraOpNumThreads(1);
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        OrtEnvironment environment = SharedRuntime.environment();
        try (OrtSession _ = environment.createSession(model.toBytes(), options)) {
          return OnnxModel.read(optimized);
        }
      } finally {
        Files.deleteIfExists(optimized);
        Files.deleteIfExists(folder);
      }
    } catch (OrtException e) {
      throw ValueTypes.unloadable(e);
    } catch (IOException e) {
      throw new UncheckedIOException("optimising a model", e);
    }
  }
}

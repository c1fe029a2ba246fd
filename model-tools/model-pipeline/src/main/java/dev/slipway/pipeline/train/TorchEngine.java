package dev.slipway.pipeline.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.nio.file.Path;

/**
 * PyTorch, started through DJL from the class path's own native library; nothing is downloaded and
 * nothing is reported home. A GPU is used when the library named by {@code PYTORCH_LIBRARY_PATH}
 * brings CUDA and the machine has a device.
 *
 * <p>PyTorch is one per process, and DJL reads its settings from system properties: start it once,
 * at the entry point.
 */
public final class TorchEngine {
  /**
   * CPU threads of one operation. The layers meant here are so small that handing work to a second
   * thread costs more than it saves: breast-cancer took five times the processor time with two.
   */
  public static final int THREADS = 1;

  private static final String NAME = "PyTorch";

  private final Engine engine;
  private final Device device;
  private final int threads;

  private TorchEngine(Engine engine, Device device, int threads) {
    this.engine = engine;
    this.device = device;
    this.threads = threads;
  }

  /**
   * Starts PyTorch, or returns the running one.
   *
   * @param cache folder for the unpacked native library (about 500 MB), kept between runs
   * @param threads CPU threads of one operation, at least 1; honoured by the first start in a
   *     process
   */
  public static TorchEngine start(Path cache, int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("DJL_CACHE_DIR", cache.toString());
    System.setProperty("ENGINE_CACHE_DIR", cache.toString());
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine engine = Engine.getEngine(NAME);
    Device device = engine.getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    return new TorchEngine(engine, device, threads);
  }

  /**
   * {@return where training runs, for people and for the lineage, such as "cpu, 2 threads, PyTorch
   * 2.7.1"}
   */
  public String describe() {
    String place =
        device.isGpu()
            ? "gpu " + device.getDeviceId()
            : "cpu, " + threads + (threads == 1 ? " thread" : " threads");
    return place + ", PyTorch " + engine.getVersion();
  }

  Device device() {
    return device;
  }

  String name() {
    return NAME;
  }

  /** Seeds what draws inside PyTorch (dropout). */
  void seed(long seed) {
    engine.setRandomSeed((int) (seed ^ (seed >>> 32)));
  }
}

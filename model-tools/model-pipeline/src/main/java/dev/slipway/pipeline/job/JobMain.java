package dev.slipway.pipeline.job;

import dev.slipway.bundle.FileTree;
import dev.slipway.pipeline.aws.S3ObjectStore;
import dev.slipway.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Entry point of the Batch jobs: {@code train --run s3://…/run.json}, {@code package --run …}. */
public final class JobMain {
  private static final int USAGE = 2;

  private JobMain() {}

  /** Runs one step and ends the process: 0 done, 1 refused or failed, 2 wrong usage. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3
        || !(arguments[0].equals("train") || arguments[0].equals("package"))
        || !arguments[1].equals("--run")) {
      System.err.println("usage: (train | package) --run s3://BUCKET/runs/MODEL/RUN/run.json");
      System.exit(USAGE);
    }
    int code;
    Path work = Files.createTempDirectory("slipway-job-");
    try (S3ObjectStore store = S3ObjectStore.open()) {
      JobContext context =
          new JobContext(
              store, work, cache(), RuntimeOptions.of(System.getenv()), Clock.systemUTC());
      code = new JobRunner(context, System.err, note()).run(arguments[0], arguments[2]);
    } finally {
      FileTree.delete(work);
    }
    // PyTorch's threads would keep the process alive.
    System.exit(code);
  }

  /** The pipeline says here why a job runs where it does, for example without a GPU. */
  private static Optional<String> note() {
    return Optional.ofNullable(System.getenv("SLIPWAY_RUN_NOTE"));
  }

  private static Path cache() {
    String set = System.getenv("SLIPWAY_CACHE");
    return set == null
        ? Path.of(System.getProperty("java.io.tmpdir"), "slipway-cache")
        : Path.of(set);
  }
}

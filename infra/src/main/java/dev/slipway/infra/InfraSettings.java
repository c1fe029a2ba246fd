package dev.slipway.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What a platform engineer may set, read once from the CDK context. README.md of this folder lists
 * the keys.
 *
 * @param prefix start of every name in AWS
 * @param models folders that hold a {@code model.yaml} each
 * @param jobImage container image of the jobs; empty: the stack asks for it when it is deployed
 * @param release release settings that replace those of every {@code model.yaml}, in the wish's
 *     words
 * @param machines limits of the Batch machines
 * @param traffic limits of each model's API
 * @param ledger how long ledger entries are locked
 * @param logRetention how long logs are kept
 * @param pagesEmail who is paged by e-mail
 * @param concurrency reserved concurrency of each control function; empty: none reserved
 * @param availabilityZones zones of the network; empty: the first two that the account has
 */
public record InfraSettings(
    String prefix,
    List<Path> models,
    Optional<String> jobImage,
    ReleaseOverrides release,
    Machines machines,
    Traffic traffic,
    Ledger ledger,
    RetentionDays logRetention,
    Optional<String> pagesEmail,
    Optional<Integer> concurrency,
    List<String> availabilityZones) {
  static final String DEFAULT_MODEL = "../model-tools/examples/breast-cancer";

  private static final Map<String, RetentionDays> RETENTION =
      Map.of(
          "7", RetentionDays.ONE_WEEK,
          "14", RetentionDays.TWO_WEEKS,
          "30", RetentionDays.ONE_MONTH,
          "90", RetentionDays.THREE_MONTHS,
          "180", RetentionDays.SIX_MONTHS,
          "365", RetentionDays.ONE_YEAR);

  /** Keeps copies of the lists. */
  public InfraSettings {
    models = List.copyOf(models);
    availabilityZones = List.copyOf(availabilityZones);
  }

  /**
   * Limits of the Batch machines; all of them are released when idle.
   *
   * @param gpuMaxVcpus most virtual processors of GPU machines at once; 0: train on the CPU queue
   * @param gpuInstanceTypes EC2 types to choose from
   * @param cpuMaxVcpus most virtual processors of the CPU queue at once
   * @param trainHours a training attempt is ended after this time
   */
  public record Machines(
      int gpuMaxVcpus, List<String> gpuInstanceTypes, int cpuMaxVcpus, int trainHours) {
    /** Keeps a copy of the list. */
    public Machines {
      gpuInstanceTypes = List.copyOf(gpuInstanceTypes);
    }
  }

  /**
   * Limits of each model's API.
   *
   * @param requestsPerSecond steady rate
   * @param burst requests at once above it
   * @param requestsPerDay most requests of one API key in a day
   */
  public record Traffic(int requestsPerSecond, int burst, int requestsPerDay) {}

  /**
   * How ledger entries are locked.
   *
   * @param mode {@code GOVERNANCE} or {@code COMPLIANCE}
   * @param days how long
   */
  public record Ledger(String mode, int days) {}

  /**
   * Reads the context.
   *
   * @param values gives the value of a key, or null
   * @throws InfraException naming every problem
   */
  public static InfraSettings read(Function<String, @Nullable Object> values) {
    Context context = new Context(values);
    InfraSettings settings =
        new InfraSettings(
            context.text(
                "prefix", "slipway", "[a-z][a-z0-9]{0,9}", "1 to 10 small letters and digits"),
            context.list("models", List.of(DEFAULT_MODEL)).stream().map(Path::of).toList(),
            context.text("jobImage"),
            ReleaseOverrides.read(context),
            machines(context),
            new Traffic(
                context.number("requestsPerSecond", 50, 1, 10_000),
                context.number("burst", 100, 1, 5_000),
                context.number("requestsPerDay", 1_000_000, 1, Integer.MAX_VALUE)),
            new Ledger(
                context.text(
                    "ledgerLock",
                    "GOVERNANCE",
                    "GOVERNANCE|COMPLIANCE",
                    "GOVERNANCE or COMPLIANCE"),
                context.number("ledgerDays", 365, 1, 36_500)),
            retention(context),
            context.text("pagesEmail"),
            context.text("concurrency").map(_ -> context.number("concurrency", 2, 1, 1000)),
            context.list("availabilityZones", List.of()));
    context.check();
    return settings;
  }

  private static Machines machines(Context context) {
    return new Machines(
        context.number("gpuMaxVcpus", 8, 0, 1024),
        context.list("gpuInstanceTypes", List.of("g4dn.xlarge", "g5.xlarge", "g6.xlarge")),
        context.number("cpuMaxVcpus", 16, 4, 1024),
        context.number("trainHours", 4, 1, 48));
  }

  private static RetentionDays retention(Context context) {
    String days =
        context.text(
            "logDays", "90", "7|14|30|90|180|365", "one of 7, 14, 30, 90, 180, 365 (days)");
    return RETENTION.getOrDefault(days, RetentionDays.THREE_MONTHS);
  }
}

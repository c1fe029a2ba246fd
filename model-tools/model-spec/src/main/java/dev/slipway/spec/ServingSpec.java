package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * How the model is served.
 *
 * @param packaging the form in which handler and model reach Lambda
 * @param memory of the function, in MiB
 * @param architecture processor
 * @param latencyBudget time after which a warm answer counts as slow
 * @param timeout after which Lambda ends a request
 * @param auth who may call
 */
public record ServingSpec(
    Packaging packaging,
    int memory,
    Architecture architecture,
    Duration latencyBudget,
    Duration timeout,
    Auth auth) {
  static final Setting<Packaging> PACKAGE =
      Setting.of(
          "serving.package",
          Values.oneOf(Packaging.class),
          Packaging.ZIP,
          "the form in which handler and model reach Lambda");

  /** Lambda's limits: AWS Lambda quotas, "Function memory allocation". 1,769 MiB is one vCPU. */
  static final Setting<Integer> MEMORY =
      Setting.of(
          "serving.memory",
          Values.count(128, 10_240),
          1769,
          "memory of the function in MiB; processor time grows with it, 1769 is one vCPU");

  static final Setting<Architecture> ARCHITECTURE =
      Setting.of(
          "serving.architecture",
          Values.oneOf(Architecture.class),
          Architecture.X86_64,
          "processor of the function");

  /** API Gateway ends an integration after 29 s by default: a longer answer reaches nobody. */
  private static final Duration LONGEST = Duration.ofSeconds(29);

  static final Setting<Duration> LATENCY_BUDGET =
      Setting.of(
          "serving.latencyBudget",
          Values.duration(Duration.ofMillis(1), LONGEST),
          Duration.ofMillis(250),
          "time after which a warm answer counts as slow");
  static final Setting<Duration> TIMEOUT =
      Setting.of(
          "serving.timeout",
          Values.duration(Duration.ofSeconds(1), LONGEST),
          Duration.ofSeconds(15),
          "after which a request is ended");
  static final Setting<Auth> AUTH =
      Setting.of("serving.auth", Values.oneOf(Auth.class), Auth.API_KEY, "who may call");

  static final List<Setting<?>> SETTINGS =
      List.of(PACKAGE, MEMORY, ARCHITECTURE, LATENCY_BUDGET, TIMEOUT, AUTH);

  static ServingSpec read(Area area) {
    ServingSpec serving =
        new ServingSpec(
            area.get(PACKAGE),
            area.get(MEMORY),
            area.get(ARCHITECTURE),
            area.get(LATENCY_BUDGET),
            area.get(TIMEOUT),
            area.get(AUTH));
    area.refuseUnknown();
    if (serving.latencyBudget.compareTo(serving.timeout) > 0) {
      area.conflict("latencyBudget", "expected at most serving.timeout, which ends the request");
    }
    return serving;
  }

  void write(ObjectNode json) {
    json.set("package", PACKAGE.toJson(packaging));
    json.set("memory", MEMORY.toJson(memory));
    json.set("architecture", ARCHITECTURE.toJson(architecture));
    json.set("latencyBudget", LATENCY_BUDGET.toJson(latencyBudget));
    json.set("timeout", TIMEOUT.toJson(timeout));
    json.set("auth", AUTH.toJson(auth));
  }
}

package dev.slipway.control.wish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.control.port.S3Place;
import dev.slipway.release.ReleaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads a wish and reports every problem at once. Unknown members are left to newer versions. */
public final class WishReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String model;
  private final List<String> problems = new ArrayList<>();

  private WishReader(String model) {
    this.model = model;
  }

  /**
   * {@return the wish}
   *
   * @param model whose
   * @param json the parameter's text
   * @throws WishException with every problem
   */
  public static Wish read(String model, String json) {
    return new WishReader(model).read(json);
  }

  private Wish read(String json) {
    JsonNode root = parse(json);
    if (root.path("formatVersion").asInt() != 1) {
      problems.add("formatVersion is " + root.path("formatVersion") + ", expected 1");
    }
    if (!root.path("packageType").asText("zip").equals("zip")) {
      problems.add("packageType is " + root.path("packageType") + ", expected zip");
    }
    String named = text(root, "model");
    if (!named.equals(model)) {
      problems.add("model is " + named + ", expected " + model);
    }
    JsonNode code = root.path("code");
    TreeMap<String, String> environment = new TreeMap<>();
    root.path("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    S3Place place = new S3Place(text(code, "bucket"), text(code, "key"));
    String function = text(root, "function");
    String role = text(root, "roleArn");
    String handler = text(root, "handler");
    String runtime = text(root, "runtime");
    String sha256 = text(code, "sha256");
    int memory = number(root, "memoryMb");
    int timeout = number(root, "timeoutSeconds");
    String architecture = text(root, "architecture");
    String topic = text(root, "alarmTopicArn");
    ReleaseSettings settings = settings(root.path("release"));
    if (!problems.isEmpty()) {
      throw new WishException(model, problems);
    }
    return new Wish(
        model,
        function,
        role,
        handler,
        runtime,
        place,
        sha256,
        memory,
        timeout,
        architecture,
        environment,
        root.path("apiId").asText(""),
        topic,
        settings);
  }

  private JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException failure) {
      throw new WishException(model, List.of("it is not JSON: " + failure.getOriginalMessage()));
    }
  }

  private ReleaseSettings settings(JsonNode release) {
    List<Integer> steps = new ArrayList<>();
    release.path("steps").forEach(step -> steps.add(step.asInt()));
    Duration bake = seconds(release, "bakeSeconds");
    Duration regret = seconds(release, "regretSeconds");
    Duration tick = seconds(release, "tickSeconds");
    Duration period = seconds(release, "alarmPeriodSeconds");
    Duration settle = seconds(release, "settleSeconds");
    if (!problems.isEmpty()) {
      return ReleaseSettings.defaults();
    }
    try {
      return new ReleaseSettings(
          steps,
          bake,
          regret,
          release.path("healthyErrorRate").asDouble(),
          release.path("badErrorRate").asDouble(),
          tick,
          period,
          settle);
    } catch (IllegalArgumentException invalid) {
      problems.add(String.valueOf(invalid.getMessage()));
      return ReleaseSettings.defaults();
    }
  }

  private Duration seconds(JsonNode object, String name) {
    return Duration.ofSeconds(number(object, name));
  }

  private String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isTextual() || value.asText().isBlank()) {
      problems.add(name + " is missing");
    }
    return value.asText("");
  }

  private int number(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.canConvertToInt()) {
      problems.add(name + " is " + value + ", expected a whole number");
    }
    return value.asInt();
  }
}

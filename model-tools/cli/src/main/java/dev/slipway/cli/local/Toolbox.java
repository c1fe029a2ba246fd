package dev.slipway.cli.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.Refusal;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings and programs that the local AWS brings along: its addresses for SDKs and cdk, and a
 * PATH with Node and cdk.
 *
 * @param settings environment variables by name, PATH among them
 */
public record Toolbox(Map<String, String> settings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Toolbox {
    settings = Map.copyOf(settings);
  }

  /** {@return the toolbox as {@code localstack/launch env} tells it} */
  public static Toolbox read(LaunchScript script) {
    String text = script.read("env", "--json");
    try {
      Map<String, String> settings = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).properties()) {
        settings.put(entry.getKey(), entry.getValue().asText());
      }
      return new Toolbox(settings);
    } catch (JsonProcessingException malformed) {
      throw new Refusal(
          "LOCAL_AWS_ENV_FAILED", "localstack/launch env --json printed no JSON", malformed);
    }
  }

  /** {@return the path of a program; refuses when none of the PATH's folders has it} */
  public Path program(String name) {
    List<String> folders = List.of(settings.getOrDefault("PATH", "").split(File.pathSeparator));
    return folders.stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                "PROGRAM_MISSING",
                "%s is in none of %s. Install it: localstack/launch install"
                    .formatted(name, folders)));
  }
}

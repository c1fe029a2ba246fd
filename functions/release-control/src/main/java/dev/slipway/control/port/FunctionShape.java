package dev.slipway.control.port;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a function that Slipway decides on.
 *
 * @param runtime such as {@code java25}
 * @param handler class name
 * @param roleArn execution role
 * @param memoryMb 128 to 10240
 * @param timeoutSeconds 1 to 900
 * @param environment names and values
 * @param layers layer version ARNs, in order
 */
public record FunctionShape(
    String runtime,
    String handler,
    String roleArn,
    int memoryMb,
    int timeoutSeconds,
    Map<String, String> environment,
    List<String> layers) {
  /** Copies the collections. */
  public FunctionShape {
    environment = Map.copyOf(new TreeMap<>(environment));
    layers = List.copyOf(layers);
  }
}

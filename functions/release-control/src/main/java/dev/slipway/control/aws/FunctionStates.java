package dev.slipway.control.aws;

import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.FunctionState;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.DeadLetterConfig;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.Layer;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.State;

/** Reads Lambda's answers. Absent members are what Lambda leaves out for older functions. */
final class FunctionStates {
  private FunctionStates() {}

  static FunctionState of(GetFunctionConfigurationResponse found) {
    return state(
        found.functionArn(),
        found.version(),
        found.codeSha256(),
        found.architecturesAsStrings(),
        new FunctionShape(
            text(found.runtimeAsString()),
            text(found.handler()),
            text(found.role()),
            found.memorySize(),
            found.timeout(),
            environment(found.environment()),
            layers(found.layers())),
        found.deadLetterConfig(),
        found.revisionId(),
        Status.of(found.state(), found.lastUpdateStatus()),
        text(found.stateReason()) + " " + text(found.lastUpdateStatusReason()));
  }

  static FunctionState of(PublishVersionResponse found) {
    return state(
        found.functionArn(),
        found.version(),
        found.codeSha256(),
        found.architecturesAsStrings(),
        new FunctionShape(
            text(found.runtimeAsString()),
            text(found.handler()),
            text(found.role()),
            found.memorySize(),
            found.timeout(),
            environment(found.environment()),
            layers(found.layers())),
        found.deadLetterConfig(),
        found.revisionId(),
        Status.of(found.state(), found.lastUpdateStatus()),
        text(found.stateReason()));
  }

  private static FunctionState state(
      String arn,
      String version,
      String codeSha256,
      List<String> architectures,
      FunctionShape shape,
      DeadLetterConfig deadLetter,
      String revision,
      Status status,
      String why) {
    return new FunctionState(
        arn,
        version,
        hex(codeSha256),
        architectures.isEmpty() ? "x86_64" : architectures.getFirst(),
        shape,
        deadLetter == null ? "" : text(deadLetter.targetArn()),
        text(revision),
        status.settled(),
        status.updating(),
        status.active(),
        status.starting(),
        why.strip());
  }

  /** The two states of a function in the words of the controller. */
  private record Status(boolean settled, boolean updating, boolean active, boolean starting) {
    static Status of(State state, LastUpdateStatus update) {
      return new Status(
          update == null || update == LastUpdateStatus.SUCCESSFUL,
          update == LastUpdateStatus.IN_PROGRESS,
          state == null || state == State.ACTIVE,
          state == State.PENDING);
    }
  }

  private static Map<String, String> environment(EnvironmentResponse environment) {
    return environment == null ? Map.of() : environment.variables();
  }

  private static List<String> layers(List<Layer> layers) {
    return layers.stream().map(Layer::arn).toList();
  }

  /** {@return the ARN of every method of an API in the account and region of a function} */
  static String gatewayArn(String functionArn, String apiId) {
    String[] parts = functionArn.split(":", -1);
    return "arn:" + parts[1] + ":execute-api:" + parts[3] + ":" + parts[4] + ":" + apiId + "/*";
  }

  static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }

  static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static String text(String value) {
    return Optional.ofNullable(value).orElse("");
  }
}

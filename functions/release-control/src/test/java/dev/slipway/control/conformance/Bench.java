package dev.slipway.control.conformance;

import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.LambdaControlPlane;
import dev.slipway.control.port.S3Place;
import dev.slipway.release.AliasContent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One function that an assertion may do anything with.
 *
 * @param plane functions, versions and layers
 * @param aliases its alias
 * @param function its name
 * @param first an object that code and layers may be made of
 * @param second another one
 * @param otherRole another execution role
 * @param settle waits until updates and starts are over
 */
public record Bench(
    LambdaControlPlane plane,
    AliasStore aliases,
    String function,
    S3Place first,
    S3Place second,
    String otherRole,
    Runnable settle) {
  FunctionState latest() {
    settle.run();
    return plane.get(function, LambdaControlPlane.LATEST);
  }

  FunctionState state(int version) {
    return plane.get(function, Integer.toString(version));
  }

  FunctionState publish() {
    FunctionState latest = latest();
    return plane.publish(function, latest.codeSha256(), latest.revision(), "conformance");
  }

  /** {@return a new version, active, whose environment holds this mark} */
  int version(String mark) {
    return version(mark, latest().shape().roleArn());
  }

  int version(String mark, String role) {
    FunctionState latest = latest();
    plane.updateShape(function, marked(latest.shape(), mark, role), latest.revision());
    int number = publish().number();
    settle.run();
    return number;
  }

  static FunctionShape marked(FunctionShape shape, String mark, String role) {
    Map<String, String> environment = new HashMap<>(shape.environment());
    environment.put("MARK", mark);
    return new FunctionShape(
        shape.runtime(),
        shape.handler(),
        role,
        shape.memoryMb(),
        shape.timeoutSeconds(),
        environment,
        shape.layers());
  }

  void code(S3Place zip) {
    FunctionState latest = latest();
    plane.updateCode(function, zip, latest.architecture(), latest.revision());
  }

  void alias(AliasContent content) {
    aliases.create(function, content, "made");
  }

  void move(AliasContent content) {
    aliases.update(function, content, "moved", revision());
  }

  String revision() {
    return aliases.get(function).orElseThrow().revision();
  }

  AliasContent routing() {
    return aliases.get(function).orElseThrow().content();
  }

  /** {@return why a call was refused; empty when it was not} */
  static Optional<ControlPlaneException.Kind> refusal(Runnable call) {
    try {
      call.run();
      return Optional.empty();
    } catch (ControlPlaneException refused) {
      return Optional.of(refused.kind());
    }
  }
}

package dev.slipway.tasks.aws;

import dev.slipway.tasks.intake.SpecStore;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** Specifications in Parameter Store, as {@code /<prefix>/<model>/spec}. */
final class SsmSpecStore implements SpecStore {
  private final SsmClient ssm;
  private final String prefix;

  SsmSpecStore(SsmClient ssm, String prefix) {
    this.ssm = ssm;
    this.prefix = prefix;
  }

  @Override
  public Optional<String> find(String model) {
    String name = "/" + prefix + "/" + model + "/spec";
    return AwsCalls.call(
        "read parameter " + name,
        () -> {
          try {
            return Optional.of(ssm.getParameter(get -> get.name(name)).parameter().value());
          } catch (ParameterNotFoundException unknown) {
            return Optional.empty();
          }
        });
  }
}

package dev.slipway.infra.policy;

import dev.slipway.infra.InfraException;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;

/**
 * What one role may do. A resource with a wildcard is accepted only together with the reason why it
 * cannot be narrower; the reason goes into the template beside the role.
 */
public final class Grants {
  private final Role role;

  /** Adds statements to a role. */
  public Grants(Role role) {
    this.role = role;
  }

  /**
   * Allows actions on exactly these resources.
   *
   * @throws InfraException if a resource holds a wildcard
   */
  public Grants allow(List<String> actions, String... resources) {
    for (String resource : resources) {
      if (resource.contains("*")) {
        throw new InfraException(
            "INFRA_WILDCARD_WITHOUT_REASON: " + resource + " needs a reason: use allowMany.");
      }
    }
    return add(Effect.ALLOW, actions, List.of(resources), Map.of());
  }

  /** Allows actions on every resource of a pattern, with the reason why it is a pattern. */
  public Grants allowMany(String reason, List<String> actions, String... resources) {
    return allowMany(reason, Map.of(), actions, resources);
  }

  /** Allows actions on every resource of a pattern under conditions. */
  public Grants allowMany(
      String reason,
      Map<String, Map<String, Object>> conditions,
      List<String> actions,
      String... resources) {
    add(Effect.ALLOW, actions, List.of(resources), conditions);
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            NagPackSuppression.builder()
                .id("AwsSolutions-IAM5")
                .reason(reason)
                .appliesTo(Arrays.stream(resources).map(Grants::finding).toList())
                .build()),
        true);
    return this;
  }

  /** Forbids actions, whatever another policy allows. */
  public Grants deny(List<String> actions, String... resources) {
    return add(Effect.DENY, actions, List.of(resources), Map.of());
  }

  private Grants add(
      Effect effect,
      List<String> actions,
      List<String> resources,
      Map<String, Map<String, Object>> conditions) {
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .effect(effect)
            .actions(actions)
            .resources(resources)
            .conditions(conditions)
            .build());
    return this;
  }

  /** The finding's name as cdk-nag writes it; a CDK token stands for whatever it resolves to. */
  private static RegexAppliesTo finding(String resource) {
    String pattern =
        resource
            .replaceAll("\\$\\{Token\\[[^]]*]}", "\u0000")
            .replaceAll("([.*+?^$(){}|\\[\\]\\\\/])", "\\\\$1")
            .replace("\u0000", ".+");
    return RegexAppliesTo.builder().regex("/^Resource::" + pattern + "$/").build();
  }
}

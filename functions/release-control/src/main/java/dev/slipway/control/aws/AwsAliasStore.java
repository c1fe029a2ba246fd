package dev.slipway.control.aws;

import dev.slipway.control.port.AliasStore;
import dev.slipway.control.port.LiveAlias;
import dev.slipway.release.AliasContent;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;

/** The alias {@code live} in Lambda. */
final class AwsAliasStore implements AliasStore {
  private static final double PERCENT = 100;

  private final LambdaClient lambda;

  AwsAliasStore(LambdaClient lambda) {
    this.lambda = lambda;
  }

  @Override
  public Optional<LiveAlias> get(String function) {
    return Calls.find(
        "read alias of " + function,
        () -> alias(lambda.getAlias(get -> get.functionName(function).name(LIVE))));
  }

  @Override
  public void create(String function, AliasContent content, String description) {
    Calls.call(
        "create alias of " + function,
        () ->
            lambda.createAlias(create ->
                create
                    .functionName(function)
                    .name(LIVE)
                    .functionVersion(Integer.toString(content.primary()))
                    .routingConfig(routing(content))
                    .description(description)));
  }

  @Override
  public void update(String function, AliasContent content, String description, String revision) {
    Calls.call(
        "move alias of " + function + " to " + content,
        () ->
            lambda.updateAlias(update ->
                update
                    .functionName(function)
                    .name(LIVE)
                    .functionVersion(Integer.toString(content.primary()))
                    .routingConfig(routing(content))
                    .description(description)
                    .revisionId(revision)));
  }

  /** An empty map clears the weights; leaving it out would keep them. */
  private static AliasRoutingConfiguration routing(AliasContent content) {
    Map<String, Double> weights =
        content.secondary().isPresent()
            ? Map.of(
                Integer.toString(content.secondary().getAsInt()), content.weightPercent() / PERCENT)
            : Map.of();
    return AliasRoutingConfiguration.builder().additionalVersionWeights(weights).build();
  }

  private static LiveAlias alias(GetAliasResponse found) {
    Map<String, Double> weights =
        found.routingConfig() == null ? Map.of() : found.routingConfig().additionalVersionWeights();
    String description = found.description() == null ? "" : found.description();
    return new LiveAlias(
        content(Integer.parseInt(found.functionVersion()), weights),
        description,
        found.revisionId());
  }

  /** A weight of 0 serves nothing; Lambda allows at most one other version. */
  private static AliasContent content(int primary, Map<String, Double> weights) {
    return weights.entrySet().stream()
        .filter(entry -> Math.round(entry.getValue() * PERCENT) > 0)
        .findFirst()
        .map(entry ->
            new AliasContent(
                primary,
                OptionalInt.of(Integer.parseInt(entry.getKey())),
                (int) Math.min(99, Math.round(entry.getValue() * PERCENT))))
        .orElseGet(() -> AliasContent.only(primary));
  }
}

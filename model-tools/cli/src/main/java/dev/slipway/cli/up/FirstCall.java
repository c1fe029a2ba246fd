package dev.slipway.cli.up;

import dev.slipway.cli.aws.GoldenRequests;
import dev.slipway.cli.aws.ModelAddress;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How to call a model: an address, and a {@code curl} that can be pasted.
 *
 * @param answer the outputs that the model must give to it
 */
public record FirstCall(String model, String url, String curl, String answer) {
  static FirstCall of(UpState state, String model) {
    Map<String, Map<String, String>> outputs = state.outputs();
    ModelAddress address = ModelAddress.local(state.workspace(), state.clients(), outputs, model);
    GoldenRequests.Golden golden = GoldenRequests.first(state.clients(), outputs, model);
    return new FirstCall(
        model, address.url(), curl(address, golden.body()), golden.answer().toString());
  }

  private static String curl(ModelAddress address, String body) {
    String headers =
        address.headers().entrySet().stream()
            .map(header -> " -H '%s: %s'".formatted(header.getKey(), header.getValue()))
            .collect(Collectors.joining());
    return "curl -sS%s -H 'content-type: application/json' %s/v2/models/%s/infer -d '%s'"
        .formatted(headers, address.url(), address.model(), body.replace("'", "'\\''"));
  }
}

package dev.slipway.control.aws;

import dev.slipway.control.port.WishStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** Wishes in parameters {@code /<prefix>/<model>/serving}. */
final class SsmWishStore implements WishStore {
  private final SsmClient ssm;
  private final String prefix;

  SsmWishStore(SsmClient ssm, String prefix) {
    this.ssm = ssm;
    this.prefix = prefix;
  }

  @Override
  public Optional<String> read(String model) {
    String name = "/" + prefix + "/" + model + "/serving";
    return Calls.find(
        "read parameter " + name,
        () -> ssm.getParameter(get -> get.name(name)).parameter().value());
  }

  @Override
  public List<String> models() {
    Pattern serving = Pattern.compile("/" + Pattern.quote(prefix) + "/([^/]+)/serving");
    List<String> models = new ArrayList<>();
    String token = "";
    do {
      String next = token;
      GetParametersByPathResponse page =
          Calls.call(
              "list wishes",
              () ->
                  ssm.getParametersByPath(get ->
                      get.path("/" + prefix)
                          .recursive(true)
                          .nextToken(next.isEmpty() ? null : next)));
      page.parameters().stream()
          .map(Parameter::name)
          .map(serving::matcher)
          .filter(Matcher::matches)
          .map(match -> match.group(1))
          .forEach(models::add);
      token = page.nextToken() == null ? "" : page.nextToken();
    } while (!token.isEmpty());
    return models.stream().sorted().toList();
  }
}

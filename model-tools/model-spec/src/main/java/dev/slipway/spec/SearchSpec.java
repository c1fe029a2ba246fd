package dev.slipway.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How hyperparameters are searched.
 *
 * @param method which combination is tried next
 * @param trials how many combinations are tried, per family of models
 */
public record SearchSpec(SearchMethod method, int trials) {
  static final Setting<SearchMethod> METHOD =
      Setting.of(
          "training.search.method",
          Values.oneOf(SearchMethod.class),
          SearchMethod.RANDOM,
          "which combination of hyperparameters is tried next");
  static final Setting<Integer> TRIALS =
      Setting.of(
          "training.search.trials",
          Values.count(1, 1000),
          8,
          "how many combinations are tried, per family of models");

  static final List<Setting<?>> SETTINGS = List.of(METHOD, TRIALS);

  static SearchSpec read(Area area) {
    SearchSpec search = new SearchSpec(area.get(METHOD), area.get(TRIALS));
    area.refuseUnknown();
    return search;
  }

  void write(ObjectNode json) {
    json.set("method", METHOD.toJson(method));
    json.set("trials", TRIALS.toJson(trials));
  }
}

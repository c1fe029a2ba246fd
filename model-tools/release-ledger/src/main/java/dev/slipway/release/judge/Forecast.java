package dev.slipway.release.judge;

import dev.slipway.release.Deadlines;
import dev.slipway.release.ReleaseSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;

/**
 * Said before a shift: how long the steps will need at the present traffic.
 *
 * @param replayGated whether a canary would prove nothing before its deadline: golden requests, one
 *     shift, one watch instead
 * @param why in one sentence, with the numbers
 */
public record Forecast(boolean replayGated, String why) {
  static Forecast of(
      ReleaseSettings settings,
      SequentialTest test,
      long requests,
      Duration window,
      boolean baselineIsFallback) {
    if (baselineIsFallback) {
      return new Forecast(
          true, "replay-gated: the fallback responder serves, there is no model to compare with");
    }
    if (settings.steps().isEmpty()) {
      return new Forecast(true, "replay-gated: the settings ask for one shift");
    }
    long needed = Math.max(test.minimumRequests(), test.expectedRequests());
    double perSecond = window.isPositive() ? requests / (double) window.toSeconds() : 0;
    int smallest = Collections.min(settings.steps());
    double perSecondOfStep = perSecond * smallest / 100;
    Duration patience = Deadlines.patience(settings).multipliedBy(4).dividedBy(5);
    long expected = (long) (perSecondOfStep * patience.toSeconds());
    String step =
        String.format(
            Locale.ROOT, "at %.2f requests per second a step of %d %%", perSecond, smallest);
    return expected < needed
        ? new Forecast(
            true,
            "replay-gated: %s sees %d requests in %d s and needs about %d"
                .formatted(step, expected, patience.toSeconds(), needed))
        : new Forecast(
            false,
            "canary: %s has its %d requests after about %d s"
                .formatted(step, needed, (long) Math.ceil(needed / perSecondOfStep)));
  }
}

package dev.slipway.cli.rollback;

import java.util.List;

/**
 * What was seen in one run.
 *
 * @param candidate what was released
 * @param ended how its release ended
 * @param moved whether the alias is, at the end, at another version than before
 * @param weightPercent the candidate's share of the traffic in the canary
 * @param requests requests of the client from the confirmed shift to the confirmed way back
 * @param failed those without a good answer in time
 * @param failedOutside requests without a good answer before the shift or after the way back
 * @param secondsToBack from the first bad answer to the confirmed way back; 0 when the candidate
 *     never had traffic
 * @param story the states that the ledger tells of, in order
 */
public record Trial(
    String candidate,
    String ended,
    boolean moved,
    int weightPercent,
    long requests,
    long failed,
    long failedOutside,
    double secondsToBack,
    List<String> story) {
  /** Copies the story. */
  public Trial {
    story = List.copyOf(story);
  }

  /** {@return whether it ended as it must} */
  public boolean isAsItMust() {
    return switch (Candidate.valueOf(candidate.toUpperCase(java.util.Locale.ROOT))) {
      case GOOD -> ended.equals("COMPLETED") && moved && failed == 0;
      case DIGEST -> ended.equals("REJECTED") && !moved && failed == 0;
      case THROWS, NAN, SLOW -> ended.equals("ROLLED_BACK") && !moved && isWithinShare();
    };
  }

  /** The traffic is split by chance: four standard deviations of the share are allowed. */
  private boolean isWithinShare() {
    double share = weightPercent / 100.0;
    double deviation = Math.sqrt(requests * share * (1 - share));
    return failed <= requests * share + 4 * deviation + 1;
  }
}

package dev.slipway.release;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What the live alias routes to.
 *
 * @param primary version that gets the rest of the traffic
 * @param secondary version that gets {@code weightPercent} of it, if any
 * @param weightPercent share of the secondary, 1 to 99; 0 when there is none
 */
public record AliasContent(int primary, OptionalInt secondary, int weightPercent) {
  /** Refuses weights that do not fit the presence of a secondary version. */
  public AliasContent {
    if (secondary.isPresent() != (weightPercent > 0) || weightPercent < 0 || weightPercent > 99) {
      throw new IllegalArgumentException(
          "alias weight " + weightPercent + " does not fit secondary version " + secondary);
    }
  }

  /** {@return all traffic to one version} */
  public static AliasContent only(int version) {
    return new AliasContent(version, OptionalInt.empty(), 0);
  }

  /** {@return traffic split between a baseline and a candidate} */
  public static AliasContent split(int baseline, int candidate, int candidatePercent) {
    return new AliasContent(baseline, OptionalInt.of(candidate), candidatePercent);
  }

  /** {@return the versions that get traffic} */
  public Set<Integer> serves() {
    return secondary.isPresent() ? Set.of(primary, secondary.getAsInt()) : Set.of(primary);
  }

  @Override
  public String toString() {
    return secondary.isPresent()
        ? primary
            + ":"
            + (100 - weightPercent)
            + "%,"
            + secondary.getAsInt()
            + ":"
            + weightPercent
            + "%"
        : Integer.toString(primary);
  }
}

package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a worker saw of the world before it read the head (rule W3).
 *
 * @param alias the live alias; empty when it does not exist
 * @param unfit versions whose alarms are in ALARM, or that do not answer
 * @param wish what the stack wants served
 * @param now the worker's time
 */
public record View(Optional<SeenAlias> alias, Set<Integer> unfit, Wanted wish, Instant now) {
  /** Copies the set. */
  public View {
    unfit = Set.copyOf(unfit);
  }

  /**
   * The alias as GetAlias answered it.
   *
   * @param content its routing
   * @param seq the ledger entry its description names, if it names one
   */
  public record SeenAlias(AliasContent content, OptionalLong seq) {}

  /**
   * The wish, as far as planning needs it.
   *
   * @param key digest of the parts that make a version
   * @param codeSha256 lower-case hex digest of the zip
   * @param configHash digest of memory, environment, role and handler
   * @param settings how releases proceed
   */
  public record Wanted(
      String key, String codeSha256, String configHash, ReleaseSettings settings) {}
}

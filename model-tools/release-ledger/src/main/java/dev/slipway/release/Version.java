package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;

/**
 * One published Lambda version as the ledger knows it.
 *
 * @param number Lambda's version number, from 1
 * @param content what it is made of
 * @param status what is known of it
 * @param servedEver whether an alias write with it was ever intended
 * @param retireNotBefore for RETIRED: when it may be deleted
 */
public record Version(
    int number,
    Content content,
    VersionStatus status,
    boolean servedEver,
    Optional<Instant> retireNotBefore) {
  /** Refuses numbers that Lambda does not give. */
  public Version {
    if (number < 1) {
      throw new IllegalArgumentException("version " + number + "; Lambda counts from 1");
    }
  }

  Version with(VersionStatus next) {
    return new Version(number, content, next, servedEver, retireNotBefore);
  }

  Version served() {
    return new Version(number, content, status, true, retireNotBefore);
  }

  Version retired(Instant notBefore) {
    return new Version(number, content, VersionStatus.RETIRED, servedEver, Optional.of(notBefore));
  }
}

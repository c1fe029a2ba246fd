package dev.slipway.release;

import java.time.Instant;
import java.util.Comparator;

/**
 * The age of the data a run trained on: the one object version's LastModified, then its version id.
 * S3's own sequencer orders one key only, so it cannot serve here.
 *
 * @param lastModified as the object store answers it
 * @param versionId breaks ties between versions of the same second
 */
public record DatasetSequence(Instant lastModified, String versionId)
    implements Comparable<DatasetSequence> {
  private static final Comparator<DatasetSequence> ORDER =
      Comparator.comparing(DatasetSequence::lastModified).thenComparing(DatasetSequence::versionId);

  @Override
  public int compareTo(DatasetSequence other) {
    return ORDER.compare(this, other);
  }
}

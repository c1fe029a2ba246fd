package dev.slipway.dataset;

import dev.slipway.dataset.DataSettings.NumberRange;
import dev.slipway.dataset.DataSettings.Privacy;
import java.util.List;
import java.util.Optional;

/**
 * One column as it was understood.
 *
 * @param name as in the header
 * @param use what becomes of it
 * @param privacy what was done to its values
 * @param range the numbers that were allowed
 * @param categories for a category feature: its words, sorted; else empty
 * @param missing how many rows have no value
 * @param note why it is used so, for people
 */
public record DatasetColumn(
    String name,
    Use use,
    Privacy privacy,
    Optional<NumberRange> range,
    List<String> categories,
    int missing,
    String note) {
  /** Keeps a copy of the list. */
  public DatasetColumn {
    categories = List.copyOf(categories);
  }

  /** What becomes of a column. */
  public enum Use {
    /** A numeric feature. */
    NUMBER,
    /** A feature that is one of a few words. */
    CATEGORY,
    /** What the model learns to say. */
    TARGET,
    /** Not stored, not seen by the model. */
    IGNORED
  }

  /** {@return one line for people: name, use, missing values, why} */
  public String line() {
    String words = use == Use.CATEGORY ? " of " + categories.size() + " words" : "";
    String gaps = missing == 0 ? "" : ", %d missing".formatted(missing);
    String why = note.isEmpty() ? "" : " (" + note + ")";
    return name + ": " + use.name().toLowerCase(java.util.Locale.ROOT) + words + gaps + why;
  }
}

package dev.slipway.release.judge;

import dev.slipway.release.Reason;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The judge's answer, with the numbers it stands on. */
public sealed interface Verdict {
  /** {@return the numbers, for the ledger} */
  SortedMap<String, String> numbers();

  /** Go on. */
  record Pass(SortedMap<String, String> numbers) implements Verdict {
    /** Copies the numbers. */
    public Pass {
      numbers = new TreeMap<>(numbers);
    }
  }

  /**
   * Not yet known.
   *
   * @param why what is missing
   */
  record Hold(String why, SortedMap<String, String> numbers) implements Verdict {
    /** Copies the numbers. */
    public Hold {
      numbers = new TreeMap<>(numbers);
    }
  }

  /** Go back. */
  record Fail(List<Reason> reasons, SortedMap<String, String> numbers) implements Verdict {
    /** Copies both; a failure names at least one reason. */
    public Fail {
      reasons = List.copyOf(reasons);
      numbers = new TreeMap<>(numbers);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a failure names at least one reason");
      }
    }
  }
}

package dev.slipway.dataset;

import dev.slipway.dataset.Split.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Shares rows out at random. The same rows, shares and seed give the same split on every machine
 * ({@link SplittableRandom} is specified bit by bit).
 */
public final class Splitter {
  private Splitter() {}

  /** {@return a split of all rows; every part of every class holds at least one row if it can} */
  public static Split split(DatasetTarget target, Shares shares, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> train = new ArrayList<>();
    List<Integer> validation = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (List<Integer> group : groups(target, shares.stratify())) {
      shuffle(group, random);
      int testRows = atLeastOne(group.size(), shares.test());
      int validationRows =
          atLeastOne(group.size() - testRows, shares.validation() / (1 - shares.test()));
      test.addAll(group.subList(0, testRows));
      validation.addAll(group.subList(testRows, testRows + validationRows));
      train.addAll(group.subList(testRows + validationRows, group.size()));
    }
    return new Split(sorted(train), sorted(validation), sorted(test));
  }

  private static int atLeastOne(int rows, double share) {
    return Math.clamp(Math.round(rows * share), Math.min(1, rows), rows);
  }

  private static List<List<Integer>> groups(DatasetTarget target, boolean stratify) {
    int count =
        stratify && target instanceof DatasetTarget.Labels labels ? labels.classes().size() : 1;
    List<List<Integer>> groups = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      groups.add(new ArrayList<>());
    }
    for (int row = 0; row < target.rows(); row++) {
      int group = stratify && target instanceof DatasetTarget.Labels labels ? labels.index(row) : 0;
      groups.get(group).add(row);
    }
    return groups;
  }

  /** Fisher and Yates. */
  private static void shuffle(List<Integer> rows, SplittableRandom random) {
    for (int last = rows.size() - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int kept = rows.get(last);
      rows.set(last, rows.get(other));
      rows.set(other, kept);
    }
  }

  private static int[] sorted(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}

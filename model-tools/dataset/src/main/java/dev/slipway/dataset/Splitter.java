package dev.slipway.dataset;

import dev.slipway.dataset.Split.Shares;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares rows out. The same rows, shares, seed and key give the same split on every machine.
 *
 * <p>Within each class, rows stand in the order of a keyed hash of what is in them, and the order
 * is cut at the shares. So the shares are exact; who does not know the key cannot choose the rows
 * that judge; appending rows moves only those near a cut; and equal rows stay together, so that
 * none that judges was learnt.
 */
public final class Splitter {
  private Splitter() {}

  /**
   * {@return a split of all rows; every part of every class holds at least one row if it can}
   *
   * @param dataset de-identified rows
   * @param shares of the parts
   * @param seed another one gives another split
   * @param key which the owner of the rows does not know
   */
  public static Split split(Dataset dataset, Shares shares, long seed, String key) {
    long[] order = RowHashes.of(dataset, seed, key);
    List<Integer> train = new ArrayList<>();
    List<Integer> validation = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (List<Integer> group : groups(dataset.target(), shares.stratify())) {
      group.sort((one, other) -> {
        int byHash = Long.compareUnsigned(order[one], order[other]);
        return byHash != 0 ? byHash : Integer.compare(one, other);
      });
      int testRows = atLeastOne(group.size(), shares.test());
      int validationRows =
          atLeastOne(group.size() - testRows, shares.validation() / (1 - shares.test()));
      int first = cut(group, order, group.size() - testRows - validationRows, 1);
      int second = cut(group, order, group.size() - testRows, first + 1);
      train.addAll(group.subList(0, first));
      validation.addAll(group.subList(first, second));
      test.addAll(group.subList(second, group.size()));
    }
    return new Split(sorted(train), sorted(validation), sorted(test));
  }

  private static int atLeastOne(int rows, double share) {
    return Math.clamp(Math.round(rows * share), Math.min(1, rows), rows);
  }

  /**
   * The cut, moved to the nearest place where it parts no equal rows and leaves no part empty;
   * where there is none, many rows are equal and the shares count for more.
   */
  private static int cut(List<Integer> group, long[] order, int wanted, int least) {
    int end = group.size();
    for (int distance = 0; distance < end; distance++) {
      for (int place : new int[] {wanted - distance, wanted + distance}) {
        if (place >= least
            && place < end
            && order[group.get(place - 1)] != order[group.get(place)]) {
          return place;
        }
      }
    }
    return Math.clamp(wanted, Math.min(least, end), end);
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

  private static int[] sorted(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}

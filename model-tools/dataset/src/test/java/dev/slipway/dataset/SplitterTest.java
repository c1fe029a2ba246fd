package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitterTest {
  @Test
  void split_sharesAndClasses_areExact() throws Exception {
    Dataset dataset = dataset(rows(1000, 1));
    Split split = Splitter.split(dataset, Split.Shares.usual(), 7, "key");
    assertEquals(700, split.train().length);
    assertEquals(200, split.validation().length);
    assertEquals(100, split.test().length);
    assertEquals(
        50, Arrays.stream(split.test()).filter(row -> label(dataset, row).equals("odd")).count());
    assertArrayEquals(IntStream.range(0, 1000).toArray(), all(split));
  }

  @Test
  void split_rowsInAnotherOrder_areSharedOutAlike() throws Exception {
    String rows = rows(300, 2);
    String backwards = String.join("\n", rows.lines().toList().reversed());
    Dataset one = dataset(rows);
    Dataset other = dataset(backwards);
    assertEquals(
        contents(one, Splitter.split(one, Split.Shares.usual(), 7, "key").test()),
        contents(other, Splitter.split(other, Split.Shares.usual(), 7, "key").test()));
  }

  @Test
  void split_appendedRows_movesOnlyAFew() throws Exception {
    Dataset before = dataset(rows(1000, 3));
    Dataset after = dataset(rows(1000, 3) + rows(20, 4));
    Set<String> test = contents(before, Splitter.split(before, usual(), 7, "key").test());
    Set<String> learnt = contents(after, Splitter.split(after, usual(), 7, "key").train());
    learnt.retainAll(test);
    assertTrue(learnt.isEmpty(), learnt.size() + " rows that judged are learnt now");
    test.removeAll(contents(after, Splitter.split(after, usual(), 7, "key").test()));
    assertTrue(test.size() <= 10, test.size() + " of 100 rows moved");
  }

  @Test
  void split_equalRows_stayTogether() throws Exception {
    // 575 rows of a class: neither 58 nor 173 from its end is a border between equal rows.
    Dataset dataset = dataset(rows(230, 5).repeat(5));
    Split split = Splitter.split(dataset, usual(), 7, "key");
    Map<String, Integer> parts = new HashMap<>();
    int part = 0;
    for (int[] rows : new int[][] {split.train(), split.validation(), split.test()}) {
      for (String content : contents(dataset, rows)) {
        Integer other = parts.put(content, part);
        assertTrue(other == null, content);
      }
      part++;
    }
    assertEquals(230, parts.size());
    assertEquals(115, split.test().length, 10);
  }

  @Test
  void split_allRowsOfAClassEqual_stillFillsEveryPart() throws Exception {
    Dataset dataset = dataset("1,2,odd\n2,2,even\n".repeat(50));
    Split split = Splitter.split(dataset, usual(), 7, "key");
    assertEquals(70, split.train().length);
    assertEquals(10, split.test().length);
  }

  @Test
  void split_threeRowsOfAClass_putsOneIntoEachPart() throws Exception {
    Dataset dataset = dataset("1,2,rare\n3,4,rare\n5,6,rare\n" + rows(100, 6));
    Split split = Splitter.split(dataset, usual(), 7, "key");
    for (int[] rows : new int[][] {split.train(), split.validation(), split.test()}) {
      assertEquals(
          1, Arrays.stream(rows).filter(row -> label(dataset, row).equals("rare")).count());
    }
  }

  @Test
  void split_otherSeedOrKey_isAnother() throws Exception {
    Dataset dataset = dataset(rows(300, 7));
    int[] test = Splitter.split(dataset, usual(), 7, "key").test();
    assertFalse(Arrays.equals(test, Splitter.split(dataset, usual(), 8, "key").test()));
    assertFalse(Arrays.equals(test, Splitter.split(dataset, usual(), 7, "other").test()));
  }

  private static Split.Shares usual() {
    return Split.Shares.usual();
  }

  private static String rows(int count, long seed) {
    Random random = new Random(seed);
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < count; row++) {
      rows.append(random.nextGaussian()).append(',').append(random.nextGaussian());
      rows.append(row % 2 == 0 ? ",even\n" : ",odd\n");
    }
    return rows.toString();
  }

  private static Dataset dataset(String rows) throws Exception {
    return DatasetReader.read(TestData.table("x,y,kind\n" + rows), TestData.classes("kind"));
  }

  private static String label(Dataset dataset, int row) {
    return dataset.target().text(row);
  }

  private static Set<String> contents(Dataset dataset, int[] rows) {
    Set<String> contents = new HashSet<>();
    for (int row : rows) {
      contents.add(dataset.number(row, 0) + " " + dataset.number(row, 1) + label(dataset, row));
    }
    return contents;
  }

  private static int[] all(Split split) {
    return IntStream.concat(
            IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation())),
            Arrays.stream(split.test()))
        .sorted()
        .toArray();
  }
}

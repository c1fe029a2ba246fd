package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitterTest {
  private static final DatasetTarget.Labels TARGET =
      new DatasetTarget.Labels(
          List.of("rare", "usual"),
          IntStream.range(0, 1000).map(row -> row % 100 == 0 ? 0 : 1).toArray());

  @Test
  void split_everyRow_isInExactlyOnePart() {
    Split split = Splitter.split(TARGET, Split.Shares.usual(), 7);
    int[] all =
        IntStream.concat(
                IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation())),
                Arrays.stream(split.test()))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, 1000).toArray(), all);
    assertEquals(700, split.train().length);
    assertEquals(200, split.validation().length);
    assertEquals(100, split.test().length);
  }

  @Test
  void split_stratified_cutsEveryClassAlike() {
    Split split = Splitter.split(TARGET, Split.Shares.usual(), 7);
    assertEquals(7, rare(split.train()));
    assertEquals(2, rare(split.validation()));
    assertEquals(1, rare(split.test()));
  }

  @Test
  void split_sameSeed_isTheSame_otherSeed_isAnother() {
    int[] first = Splitter.split(TARGET, Split.Shares.usual(), 7).test();
    assertArrayEquals(first, Splitter.split(TARGET, Split.Shares.usual(), 7).test());
    assertFalse(Arrays.equals(first, Splitter.split(TARGET, Split.Shares.usual(), 8).test()));
  }

  private static long rare(int[] rows) {
    return Arrays.stream(rows).filter(row -> TARGET.index(row) == 0).count();
  }
}

package dev.slipway.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void of_oddNumber_takesTheOneInTheMiddle() {
    assertEquals(new Spread(1, 2, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
  }

  @Test
  void of_evenNumber_takesTheMeanOfTheTwoInTheMiddle() {
    assertEquals(new Spread(1, 3, 9), Spread.of(List.of(9.0, 4.0, 1.0, 2.0)));
  }

  @Test
  void of_nothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
  }
}

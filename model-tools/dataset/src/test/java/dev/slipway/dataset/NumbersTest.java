package dev.slipway.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE](?:[+-][0-9]{1,4}|[0-9]{1,5}))?");

  @ParameterizedTest
  @CsvSource({"7,7", "-1.5,-1.5", "+.5,0.5", "2.,2", "1e3,1000", "1E-2,0.01", "007,7", "1e-300,0"})
  void parse_decimal_isItsNumber(String cell, double expected) {
    assertEquals(expected, Numbers.parse(cell).orElseThrow(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "1e1.5",
        "0x10",
        "1d",
        "1f",
        " 1",
        "1 ",
        "1,5",
        "1e39",
        "-4e38",
        "1e99999",
        "NaN",
        "Infinity",
        "١",
        "--1",
        "1-"
      })
  void parse_somethingElse_isEmpty(String cell) {
    assertEquals(OptionalDouble.empty(), Numbers.parse(cell));
  }

  @Test
  void parse_anyCharacters_agreesWithTheGrammar() {
    Random random = new Random(5);
    String characters = "0019+-..eE x";
    int numbers = 0;
    for (int turn = 0; turn < 200_000; turn++) {
      StringBuilder cell = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        cell.append(characters.charAt(random.nextInt(characters.length())));
      }
      String text = cell.toString();
      boolean expected =
          DECIMAL.matcher(text).matches() && Float.isFinite((float) Double.parseDouble(text));
      assertEquals(expected, Numbers.parse(text).isPresent(), text);
      numbers += expected ? 1 : 0;
    }
    assertTrue(numbers > 1000, "the grammar was tried");
  }

  @Test
  void text_ofAnyNumber_readsBackAsTheSame() {
    Random random = new Random(6);
    for (int turn = 0; turn < 10_000; turn++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
      assertEquals(value, Numbers.parse(Numbers.text(value)).orElseThrow());
    }
  }
}

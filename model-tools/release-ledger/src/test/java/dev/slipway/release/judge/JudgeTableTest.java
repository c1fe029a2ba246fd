package dev.slipway.release.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.release.ReleaseSettings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judge's promises, in seeded simulations that look after every error. */
final class JudgeTableTest {
  private static final System.Logger LOG = System.getLogger("judge");

  @Test
  void judge_healthyAndBadCandidates_keepsItsPromises() {
    check(500);
  }

  @Test
  @Tag("nightly")
  void judge_manyCandidates_keepsItsPromises() {
    check(20_000);
  }

  private static void check(int runs) {
    JudgeTable table = new JudgeTable(ReleaseSettings.defaults(), 10, runs, 7);
    List<JudgeTable.Line> lines = table.lines(0.01, 0.05, 0.10, 0.50);
    lines.forEach(line -> LOG.log(System.Logger.Level.INFO, "{0}", line));

    assertTrue(lines.getFirst().lower() <= 0.01, lines.getFirst().toString());
    assertTrue(lines.get(2).median() <= 50 && lines.get(2).median() > 0, lines.get(2).toString());
    assertTrue(table.line(JudgeTable.Rule.FIRST_ERROR, 0.01).rate() > 0.3);
    assertTrue(table.line(JudgeTable.Rule.FISHER, 0.01).rate() > 0.05);
  }

  @Test
  void fisher_teaTasting_isTheChanceInTheBook() {
    assertEquals(17 / 70.0, Fisher.chance(3, 4, 4, 8), 1e-12);
    assertEquals(1 / 70.0, Fisher.chance(4, 4, 4, 8), 1e-12);
    assertEquals(1, Fisher.chance(0, 4, 4, 8), 1e-12);
  }

  /** The whole rule with an estimated percentile, looked at after every fifth request. */
  @Test
  void warmLatency_percentileOfFewRequests_equallyFastIsNoAlarmAndTwiceAsSlowIs() {
    Random random = new Random(3);
    int healthy = 0;
    int slow = 0;
    for (int run = 0; run < 100; run++) {
      healthy += isFound(100, 1, 300, random) ? 1 : 0;
      slow += isFound(1000, 2, 200, random) ? 1 : 0;
    }

    assertTrue(healthy <= 1, healthy + " of 100");
    assertTrue(slow >= 95, slow + " of 100");
  }

  private static boolean isFound(int baseline, double factor, int requests, Random random) {
    double[] times = random.doubles(baseline).map(u -> -Math.log(1 - u)).sorted().toArray();
    double p90 = times[baseline * 9 / 10];
    int above = 0;
    for (int request = 1; request <= requests; request++) {
      above += -Math.log(1 - random.nextDouble()) * factor > p90 ? 1 : 0;
      if (request % 5 == 0 && WarmLatency.isSlower(new WarmRequests(above, request, baseline))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void interval_knownCounts_isClopperAndPearsons() {
    assertEquals(0.0, Binomial.lower(0, 10));
    assertEquals(0.3085, Binomial.upper(0, 10), 1e-4);
    assertEquals(0.1871, Binomial.lower(5, 10), 1e-4);
    assertEquals(0.8129, Binomial.upper(5, 10), 1e-4);
  }

  @Test
  void warmLatency_aTenthAboveTheBaselines90thPercentile_isNoAlarm() {
    int alarms = 0;
    Random random = new Random(1);
    for (int run = 0; run < 100; run++) {
      alarms += firstAlarm(0.10, 300, random) > 0 ? 1 : 0;
    }

    assertTrue(alarms <= 3, alarms + " of 100");
  }

  @Test
  void warmLatency_halfOfTheRequestsSlower_isFoundSoon() {
    assertTrue(firstAlarm(0.5, 100, new Random(2)) <= 40);
    assertTrue(firstAlarm(0.5, 100, new Random(2)) > 0);
  }

  private static int firstAlarm(double above, int requests, Random random) {
    int slow = 0;
    for (int request = 1; request <= requests; request++) {
      slow += random.nextDouble() < above ? 1 : 0;
      if (WarmLatency.logE(slow, request) >= -Math.log(SequentialTest.ALPHA)) {
        return request;
      }
    }
    return 0;
  }

  @Test
  void pairedReplay_candidateLosesSevenPairsOfSeven_isWorse() {
    assertEquals(1 / 128.0, new PairedReplay(7, 0).chance(), 1e-12);
    assertTrue(new PairedReplay(7, 0).isWorse());
    assertFalse(new PairedReplay(6, 0).isWorse());
    assertFalse(new PairedReplay(0, 0).isWorse());
  }
}

package dev.slipway.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of some runs as a Markdown table, the form that the README has. */
public final class UpTable {
  private static final double GIBIBYTE = 1L << 30;

  private final List<UpRun> runs;
  private final List<String> lines = new ArrayList<>();

  private UpTable(List<UpRun> runs) {
    this.runs = List.copyOf(runs);
  }

  /** {@return the table's lines; several runs are told as min / median / max} */
  public static List<String> lines(List<UpRun> runs) {
    UpTable table = new UpTable(runs);
    table.lines.add(
        runs.size() == 1 ? "| what | figure |" : "| what | figure, min / median / max |");
    table.lines.add("|---|---|");
    table.add("`up` from a built tree, nothing kept, to the first prediction", "s", UpRun::up);
    table.addPhases();
    table.add("`up` again", "s", UpRun::upAgain);
    table.add("a second upload, to the end of its pipeline run", "s", UpRun::uploadToProposed);
    table.add("a second upload, to live again, short bake", "s", UpRun::uploadToLive);
    table.addMemory();
    return List.copyOf(table.lines);
  }

  private void addPhases() {
    List<UpRun.Phase> titles = runs.getFirst().phases();
    for (int at = 0; at < titles.size(); at++) {
      int phase = at;
      add("… " + titles.get(at).title(), "s", run -> run.phases().get(phase).seconds());
    }
  }

  private void addMemory() {
    if (runs.stream().anyMatch(run -> run.memory().isEmpty())) {
      lines.add("| memory | not measured: needs /proc (Linux) |");
      return;
    }
    String measure = runs.getFirst().memory().orElseThrow().measure().name();
    add(
        "memory of every process, " + measure + ", peak (a look per second)",
        "GiB",
        run -> run.memory().orElseThrow().peakBytes() / GIBIBYTE);
    add(
        "memory at rest with one model, " + measure,
        "GiB",
        run -> run.memory().orElseThrow().restBytes() / GIBIBYTE);
  }

  private void add(String what, String unit, ToDoubleFunction<UpRun> figure) {
    Spread spread = Spread.of(runs.stream().map(figure::applyAsDouble).toList());
    String told =
        runs.size() == 1
            ? "%.1f %s".formatted(spread.median(), unit)
            : "%.1f / %.1f / %.1f %s".formatted(spread.min(), spread.median(), spread.max(), unit);
    lines.add("| " + what + " | " + told + " |");
  }
}

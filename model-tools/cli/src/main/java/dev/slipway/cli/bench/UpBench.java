package dev.slipway.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.local.ModelFolder;
import dev.slipway.cli.print.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures a local system from nothing: {@code up}, {@code up} again, a second upload, memory. The
 * example that {@code up} brings by itself is the model.
 */
public final class UpBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXAMPLE = "model-tools/examples/breast-cancer";
  private static final int ROWS_LEFT_OUT = 20;

  private final CommandContext context;
  private final Console console;

  public UpBench(CommandContext context) {
    this.context = context;
    this.console = context.console();
  }

  /** {@return {@code count} runs, one after the other, each from an empty state folder} */
  public List<UpRun> run(int count) {
    List<UpRun> runs = new ArrayList<>();
    for (int at = 1; at <= count; at++) {
      console.progress("» run %d of %d".formatted(at, count));
      runs.add(once());
    }
    return runs;
  }

  /** {@return the form of {@code runs} that {@code --json} prints} */
  public static List<Map<String, Object>> json(List<UpRun> runs) {
    return runs.stream().map(UpRun::toJson).toList();
  }

  private UpRun once() {
    BenchSystem system = BenchSystem.prepared(context.workspace());
    Thread onInterrupt = new Thread(system::stop);
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      return measure(system);
    } finally {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
      system.stop();
    }
  }

  private UpRun measure(BenchSystem system) {
    Path home = system.workspace().home();
    Optional<MemoryMeasure> measure = MemoryMeasure.offered(Path.of("/proc"));
    ChildCommand commands = new ChildCommand(system.workspace());
    Optional<MemoryWatch> watch = measure.map(found -> MemoryWatch.of(home, found));
    try {
      ChildCommand.Ended up = commands.run("up", "--json");
      console.progress("  up: %.1f s".formatted(up.seconds()));
      double again = commands.run("up", "--json").seconds();
      console.progress("  up again: %.1f s".formatted(again));
      ModelFolder example = ModelFolder.read(system.workspace().root().resolve(EXAMPLE));
      Path other = otherData(example.data(), home.resolve("upload"));
      SecondUpload.Times upload =
          SecondUpload.measure(system.workspace(), commands, example.name(), other);
      console.progress("  a second upload to live again: %.1f s".formatted(upload.live()));
      return new UpRun(
          phases(up.out()),
          up.seconds(),
          again,
          upload.proposed(),
          upload.live(),
          watch.map(found -> memory(measure.orElseThrow(), found)));
    } finally {
      watch.ifPresent(MemoryWatch::close);
    }
  }

  private static UpRun.Memory memory(MemoryMeasure measure, MemoryWatch watch) {
    long rest = watch.now();
    return new UpRun.Memory(measure, watch.peak(), rest);
  }

  /** {@return the steps that {@code up --json} tells} */
  static List<UpRun.Phase> phases(String json) {
    try {
      List<UpRun.Phase> phases = new ArrayList<>();
      for (JsonNode phase : JSON.readTree(json).path("phases")) {
        phases.add(new UpRun.Phase(phase.path("title").asText(), phase.path("seconds").asDouble()));
      }
      return phases;
    } catch (JsonProcessingException malformed) {
      throw new Refusal("BENCH_FAILED", "slipway up --json printed no JSON", malformed);
    }
  }

  /** {@return a file of the same name without the last rows, so that it is another dataset} */
  static Path otherData(Path data, Path folder) {
    try {
      List<String> lines = Files.readAllLines(data);
      Files.createDirectories(folder);
      Path other = folder.resolve(data.getFileName().toString());
      return Files.write(other, lines.subList(0, lines.size() - ROWS_LEFT_OUT));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

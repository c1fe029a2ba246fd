package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.History;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.cli.print.Console;
import dev.slipway.cli.print.EntryLines;
import dev.slipway.cli.print.HeadLines;
import dev.slipway.release.Head;
import dev.slipway.release.ledger.LedgerEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "releases",
    description =
        "Tell the story of a model's releases: what serves, what is under way, who did what and why.",
    footer = {"", "Example:", "  ./slipway releases breast-cancer --follow"})
final class ReleasesCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 1000;

  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Name of a deployed model.")
  private String model = "";

  @Option(
      names = {"-n", "--entries"},
      paramLabel = "N",
      description = "How many ledger entries to show, 1 to 1000; default ${DEFAULT-VALUE}.")
  private int entries = 20;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing each entry as it is written, until no release is under way.")
  private boolean follow;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      History history = History.of(clients, outputs, model);
      List<LedgerEntry> shown = history.newest(Math.clamp(entries, 1, MOST_AT_ONCE));
      Head head = history.head();
      if (options.json()) {
        context.console().printJson(json(head, shown));
      } else {
        HeadLines.print(context.console(), model, head);
        shown.forEach(entry -> context.console().print(EntryLines.line(entry)));
      }
      if (follow) {
        follow(context.console(), history, head);
      }
    }
    return 0;
  }

  private Map<String, Object> json(Head head, List<LedgerEntry> shown) {
    Map<String, Object> json = new LinkedHashMap<>(HeadLines.json(model, head));
    json.put("entries", shown.stream().map(EntryLines::json).toList());
    return json;
  }

  private static void follow(Console console, History history, Head first) {
    Head head = first;
    while (head.active().isPresent() || head.pending().isPresent()) {
      pause();
      List<LedgerEntry> fresh = history.after(head.seq(), MOST_AT_ONCE);
      fresh.forEach(entry -> console.print(EntryLines.line(entry)));
      head = history.head();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refusal("INTERRUPTED", "stopped while following", interrupted);
    }
  }
}

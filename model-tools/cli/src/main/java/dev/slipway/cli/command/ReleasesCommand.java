package dev.slipway.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.CommandContext;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.History;
import dev.slipway.cli.aws.ReleaseController;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.cli.print.Console;
import dev.slipway.cli.print.EntryLines;
import dev.slipway.cli.print.HeadLines;
import dev.slipway.cli.print.LiveLine;
import dev.slipway.release.Head;
import dev.slipway.release.ledger.LedgerEntry;
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
      description = {
        "Go on until no release is under way: each entry as it is written, and between them weights,",
        "counts and verdict with its reason. With --json, one JSON object a line."
      })
  private boolean follow;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      History history = History.of(clients, outputs, model);
      ReleaseController controller =
          new ReleaseController(clients.lambda(), Stacks.baseOutput(outputs, "ReconcileFunction"));
      List<LedgerEntry> shown = history.newest(Math.clamp(entries, 1, MOST_AT_ONCE));
      Head head = history.head();
      JsonNode status = controller.status(model);
      if (options.json() && follow) {
        context.console().printJsonLine(json(head, shown, status));
      } else if (options.json()) {
        context.console().printJson(json(head, shown, status));
      } else {
        HeadLines.print(context.console(), model, head);
        print(context.console(), status);
        shown.forEach(entry -> context.console().print(EntryLines.line(entry)));
      }
      if (follow) {
        new FollowReleases(context.console(), history, controller, model, options.json())
            .from(head);
      }
    }
    return 0;
  }

  private static void print(Console console, JsonNode status) {
    if (status.path("active").isObject()) {
      console.print(LiveLine.of(status));
    }
    if (status.path("forecast").isObject()) {
      console.print("  next      " + status.path("forecast").path("why").asText());
    }
    console.print("");
  }

  private Map<String, Object> json(Head head, List<LedgerEntry> shown, JsonNode status) {
    Map<String, Object> json = new LinkedHashMap<>(HeadLines.json(model, head));
    for (String live : List.of("serving", "inAlarm", "verdict", "forecast", "unreadable")) {
      if (status.has(live)) {
        json.put(live, status.path(live));
      }
    }
    json.put("entries", shown.stream().map(EntryLines::json).toList());
    return json;
  }
}

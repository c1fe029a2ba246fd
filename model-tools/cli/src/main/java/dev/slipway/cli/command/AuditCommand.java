package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.History;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.release.ledger.AuditReport;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "audit",
    description = {
      "Read every ledger entry of a model and check that none was deleted, changed or reordered.",
      "Ends with 1 and names the entries when one was."
    },
    footer = {"", "Example:", "  ./slipway audit verify breast-cancer"})
final class AuditCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "verify", description = "What to do: verify.")
  private Action action = Action.VERIFY;

  @Parameters(index = "1", paramLabel = "MODEL", description = "Name of a deployed model.")
  private String model = "";

  /** What an audit can do. */
  enum Action {
    VERIFY
  }

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      AuditReport report = History.of(clients, outputs, model).audit();
      if (options.json()) {
        context.console().printJson(report);
      } else {
        report.problems().forEach(context.console()::print);
        context
            .console()
            .print(
                "%s %s: %d entries read, %d problems"
                    .formatted(action, model, report.entries(), report.problems().size()));
      }
      return report.problems().isEmpty() ? 0 : 1;
    }
  }
}

package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: it only lists the others. */
@Command(
    name = "slipway",
    mixinStandardHelpOptions = true,
    version = "slipway 0.1.0",
    header = "Machine-learning models into production on AWS Lambda.",
    description = {
      "",
      "A dataset uploaded to S3 trains a model; a release that proves itself takes the traffic.",
      "First steps: ./slipway up, then paste the curl that it prints."
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      UploadCommand.class,
      InvokeCommand.class,
      ReleasesCommand.class,
      RollbackCommand.class,
      PinCommand.class,
      UnpinCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      AbortCommand.class,
      AuditCommand.class,
      DeployCommand.class,
      DatasetCommand.class,
      TrainCommand.class,
      ExportCommand.class,
      QuantizeCommand.class,
      EvaluateCommand.class,
      PackCommand.class,
      VerifyCommand.class,
      BenchCommand.class,
      TestCommand.class
    })
public final class SlipwayCommand implements Runnable {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  public SlipwayCommand(CommandContext context) {
    this.context = context;
  }

  CommandContext context() {
    return context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }
}

package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.Refusal;
import dev.slipway.cli.aws.AwsClients;
import dev.slipway.cli.aws.Datasets;
import dev.slipway.cli.aws.Stacks;
import dev.slipway.spec.ModelSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "upload",
    description = {
      "Upload a dataset or a finished .onnx model; the pipeline trains and releases by itself.",
      "Before NAME.onnx go NAME.golden.json and NAME.calibration.csv, where they lie beside it.",
      "Any S3 client does the same: `slipway status --json` says where to put the file."
    },
    footer = {
      "",
      "Examples:",
      "  ./slipway upload breast-cancer new-data.csv",
      "  ./slipway upload my-model my-model.onnx"
    })
final class UploadCommand implements Callable<Integer> {
  @ParentCommand private SlipwayCommand parent;

  @Mixin private JsonOption options;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Name of a deployed model.")
  private String model = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "A .csv, .csv.gz or .onnx file.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    if (!Files.isRegularFile(file)) {
      throw new Refusal("FILE_MISSING", file + " is not a file; expected a .csv, .csv.gz or .onnx");
    }
    try (AwsClients clients = AwsClients.local(context.workspace())) {
      Map<String, Map<String, String>> outputs = new Stacks(clients.cloudFormation()).outputs();
      Stacks.modelOutput(outputs, model, "FunctionName");
      Datasets datasets = new Datasets(clients.s3(), Stacks.baseOutput(outputs, "DatasetsBucket"));
      Datasets.Uploaded uploaded = datasets.upload(spec(clients), file);
      if (options.json()) {
        context.console().printJson(uploaded);
      } else {
        context
            .console()
            .print("Uploaded %s (version %s)".formatted(uploaded.uri(), uploaded.versionId()));
        context.console().print("Watch it train and release: ./slipway status --follow");
      }
    }
    return 0;
  }

  /** The specification that the model was deployed with. */
  private ModelSpec spec(AwsClients clients) {
    String parameter = "/slipway/" + model + "/spec";
    return ModelSpec.fromJson(
        clients.ssm().getParameter(request -> request.name(parameter)).parameter().value());
  }
}

package dev.slipway.cli.command;

import dev.slipway.cli.CommandContext;
import dev.slipway.cli.bench.quantize.QuantizeBench;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "quantize",
    description = {
      "Quantize sample networks with our recipes and with Python's onnxruntime.quantization.",
      "Installs the latter below SLIPWAY_HOME where there is a python3; goes on without it."
    },
    footer = {"", "Example:", "  ./slipway bench quantize"})
final class BenchQuantizeCommand implements Callable<Integer> {
  @ParentCommand private BenchCommand parent;

  @Mixin private JsonOption options;

  @Option(names = "--quick", description = "A tenth of each network's width.")
  private boolean quick;

  @Option(names = "--no-anchor", description = "Only our own recipes.")
  private boolean alone;

  @Override
  public Integer call() {
    CommandContext context = parent.context();
    QuantizeBench.Result result =
        QuantizeBench.run(context.workspace().home(), quick, !alone, context.console());
    if (options.json()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("anchor", result.anchored() ? "present" : "absent");
      answer.put("rows", result.rows());
      context.console().printJson(answer);
    } else {
      context.console().print(result.markdown());
      context.console().print("Anchor: " + (result.anchored() ? "present" : "absent"));
    }
    return 0;
  }
}

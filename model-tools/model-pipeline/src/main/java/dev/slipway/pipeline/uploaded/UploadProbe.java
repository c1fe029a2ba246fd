package dev.slipway.pipeline.uploaded;

import dev.slipway.pipeline.PipelineRefusal;
import dev.slipway.pipeline.Reason;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.ModelSpec;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The first run of an uploaded model, in a process that may die of it. Prints one reason per line,
 * {@code CODE<tab>message}, and a last line {@value #COMPLETE}.
 */
public final class UploadProbe {
  /** The last line of a probe that came to its end. */
  static final String COMPLETE = "PROBE COMPLETE";

  private UploadProbe() {}

  /** Tries the model of the folder that is the only argument. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Reason reason : reasons(new UploadFolder(Path.of(arguments[0])))) {
      out.println(reason.code() + "\t" + reason.message().replace('\n', ' ').replace('\r', ' '));
    }
    out.println(COMPLETE);
  }

  private static List<Reason> reasons(UploadFolder folder) {
    try {
      ModelSpec spec = folder.spec();
      RuntimeOptions runtime = RuntimeOptions.of(System.getenv()).withThreads(1);
      // First as it stands, then as it is served: an optimizer that an unknown graph breaks is
      // blamed
      // for it only when the graph itself works.
      List<Reason> plain = reasons(folder, spec, runtime.withoutOptimizing());
      return plain.isEmpty() ? reasons(folder, spec, runtime) : plain;
    } catch (PipelineRefusal refusal) {
      return refusal.reasons();
    }
  }

  private static List<Reason> reasons(UploadFolder folder, ModelSpec spec, RuntimeOptions runtime) {
    UploadedModel model = UploadedModel.open(folder, spec, runtime);
    return model.differences(model.answers(folder.model()));
  }
}

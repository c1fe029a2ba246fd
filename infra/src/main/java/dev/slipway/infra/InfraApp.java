package dev.slipway.infra;

import dev.slipway.infra.model.ServedModel;
import dev.slipway.spec.ModelSpecException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;

/** The app that {@code cdk} starts, by the script {@code app}, in the folder {@code infra}. */
public final class InfraApp {
  private InfraApp() {}

  /** Writes the templates; says on standard error what is wrong and ends with 1 if it cannot. */
  public static void main(String[] arguments) {
    System.exit(run(Path.of("").toAbsolutePath(), System.getenv(), System.err));
  }

  private static int run(Path folder, Map<String, String> environment, PrintStream errors) {
    try {
      App app = new App();
      InfraSettings settings = InfraSettings.read(key -> app.getNode().tryGetContext(key));
      Stacks.define(
          app,
          settings,
          models(folder, settings),
          new Artefacts(folder.resolve("..")),
          place(environment));
      app.synth();
      return 0;
    } catch (InfraException | ModelSpecException e) {
      errors.println(e.getMessage());
      return 1;
    }
  }

  /** Reads every model before it complains, so that all problems are reported at once. */
  private static List<ServedModel> models(Path folder, InfraSettings settings) {
    List<ServedModel> models = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path model : settings.models()) {
      try {
        models.add(ServedModel.read(folder.resolve(model)));
      } catch (InfraException | ModelSpecException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw InfraException.of(problems);
    }
    return models;
  }

  /** Account and region as cdk found them; without credentials the templates leave both open. */
  private static Environment place(Map<String, String> environment) {
    Environment.Builder place = Environment.builder();
    if (environment.containsKey("CDK_DEFAULT_ACCOUNT")) {
      place.account(environment.get("CDK_DEFAULT_ACCOUNT"));
    }
    if (environment.containsKey("CDK_DEFAULT_REGION")) {
      place.region(environment.get("CDK_DEFAULT_REGION"));
    }
    return place.build();
  }
}

package dev.slipway.pipeline.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.bundle.BundleException;
import dev.slipway.pipeline.Progress;
import dev.slipway.pipeline.quantize.RecipeTrials;
import dev.slipway.runtime.RuntimeOptions;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OfflinePipelineTest {
  private static final RuntimeOptions RUNTIME = RuntimeOptions.of(System.getenv());

  @TempDir private Path folder;

  @Test
  void trainEvaluatePackVerify_onAFolder_leaveABundleThatVerifies() throws IOException {
    OfflinePipeline pipeline = pipeline();
    pipeline.train(data(), Progress.silent());
    assertEquals(4, pipeline.evaluate(Optional.empty(), Progress.silent()).forms().size());
    pipeline.pack("data.csv", Optional.empty(), Progress.silent());
    assertEquals(List.of(), OfflinePipeline.verify(pipeline.bundle(), RUNTIME));
    assertTrue(Files.exists(folder.resolve("out/layer.zip")));
  }

  @ParameterizedTest
  @EnumSource(Recipe.class)
  void pack_withEachRecipeOfAModelYaml_leavesABundleThatVerifies(Recipe recipe) throws IOException {
    OfflinePipeline pipeline = pipeline("package: {quantize: %s}\n".formatted(recipe.word()));
    pipeline.train(data(), Progress.silent());

    RecipeTrials.Form served =
        pipeline.pack("data.csv", Optional.empty(), Progress.silent()).chosen().form();

    assertEquals(List.of(), OfflinePipeline.verify(pipeline.bundle(), RUNTIME));
    if (recipe != Recipe.AUTO && !served.recipe().equals(recipe.word())) {
      assertEquals("none", served.recipe());
      assertEquals(recipe.word() + " applies to no layer", served.layers().getFirst());
      assertTrue(served.layers().size() > 1, "why each layer stays in float: " + served.layers());
    }
  }

  @Test
  void verify_ofAChangedBundle_refuses() throws IOException {
    OfflinePipeline pipeline = pipeline();
    pipeline.train(data(), Progress.silent());
    pipeline.pack("data.csv", Optional.empty(), Progress.silent());
    Path golden = pipeline.bundle().resolve("golden.json");
    Files.writeString(golden, Files.readString(golden) + " ");
    assertThrows(BundleException.class, () -> OfflinePipeline.verify(pipeline.bundle(), RUNTIME));
  }

  @Test
  void study_overSeeds_givesMeansAndSplitFiles() throws IOException {
    SeedStudy.Result result = pipeline().study(data(), 3, Progress.silent());
    assertEquals(3, result.seeds().size());
    assertTrue(result.meanFloat() > 0.9, result.lines().toString());
    assertEquals(result.meanFloat(), result.meanInt8(), 0.01);
    assertTrue(Files.exists(folder.resolve("out/seeds/seed-3/split/test.csv")));
    assertTrue(
        Files.mismatch(
                folder.resolve("out/seeds/seed-1/split/test.csv"),
                folder.resolve("out/seeds/seed-2/split/test.csv"))
            >= 0,
        "a seed moves the split");
  }

  private OfflinePipeline pipeline() throws IOException {
    return pipeline("");
  }

  private OfflinePipeline pipeline(String more) throws IOException {
    String yaml =
        "name: flowers\ntask: classification\ndata: {target: kind}\ntraining: {trainer: linear}\n"
            + more;
    return new OfflinePipeline(
        ModelSpec.fromYaml(yaml, "model.yaml"),
        SplitKey.in(folder.resolve("out")),
        folder.resolve("cache"),
        RUNTIME);
  }

  private Path data() throws IOException {
    StringBuilder csv = new StringBuilder("length,width,kind\n");
    Random random = new Random(1);
    for (int row = 0; row < 200; row++) {
      boolean rose = row % 2 == 0;
      csv.append(
          "%.3f,%.3f,%s%n"
              .formatted(
                  random.nextGaussian() + (rose ? 4 : 0),
                  random.nextGaussian(),
                  rose ? "rose" : "tulip"));
    }
    return Files.writeString(folder.resolve("data.csv"), csv.toString());
  }
}

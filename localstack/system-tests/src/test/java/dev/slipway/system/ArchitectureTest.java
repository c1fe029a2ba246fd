package dev.slipway.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, and who may touch what. The list of arrows is in README.md. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String SPEC = "dev.slipway.spec..";
  private static final String DATASET = "dev.slipway.dataset..";
  private static final String BUNDLE = "dev.slipway.bundle..";
  private static final String GRAPH = "dev.slipway.onnx.graph..";
  private static final String GRAPH_PROTO = "dev.slipway.onnx.proto..";
  private static final String QUANTIZER = "dev.slipway.onnx.quantize..";
  private static final String RUNTIME = "dev.slipway.runtime..";
  private static final String PIPELINE = "dev.slipway.pipeline..";
  private static final String RELEASE = "dev.slipway.release..";
  private static final String CLI = "dev.slipway.cli..";
  private static final String SUPPORT = "dev.slipway.functions..";
  private static final String FALLBACK = "dev.slipway.fallback..";
  private static final String INFERENCE = "dev.slipway.inference..";
  private static final String TASKS = "dev.slipway.tasks..";
  private static final String CONTROL = "dev.slipway.control..";
  private static final String INFRA = "dev.slipway.infra..";
  private static final String LIBRARIES = "of other projects";

  @ArchTest static final ArchRule specSpeaksOfTheDatasetOnly = uses(SPEC, DATASET);
  @ArchTest static final ArchRule datasetStandsAlone = uses(DATASET);
  @ArchTest static final ArchRule bundleStandsAlone = uses(BUNDLE);
  @ArchTest static final ArchRule graphStandsAlone = uses(GRAPH, GRAPH_PROTO);
  @ArchTest static final ArchRule quantizerUsesTheGraphOnly = uses(QUANTIZER, GRAPH, GRAPH_PROTO);
  @ArchTest static final ArchRule runtimeUsesTheBundleOnly = uses(RUNTIME, BUNDLE);

  @ArchTest
  static final ArchRule pipelineMakesBundles =
      uses(PIPELINE, SPEC, DATASET, BUNDLE, GRAPH, GRAPH_PROTO, QUANTIZER, RUNTIME);

  @ArchTest static final ArchRule releaseUsesTheBundleOnly = uses(RELEASE, BUNDLE);

  @ArchTest
  static final ArchRule commandLineUsesTheToolsOnly =
      uses(CLI, SPEC, DATASET, BUNDLE, GRAPH, GRAPH_PROTO, QUANTIZER, RUNTIME, PIPELINE, RELEASE);

  @ArchTest static final ArchRule functionSupportStandsAlone = uses(SUPPORT);
  @ArchTest static final ArchRule fallbackUsesSupportOnly = uses(FALLBACK, SUPPORT);

  @ArchTest
  static final ArchRule inferenceServesBundles = uses(INFERENCE, SUPPORT, RUNTIME, BUNDLE);

  @ArchTest
  static final ArchRule tasksStartAndEndRuns = uses(TASKS, SUPPORT, SPEC, DATASET, BUNDLE, RELEASE);

  @ArchTest static final ArchRule controlReleasesBundles = uses(CONTROL, SUPPORT, BUNDLE, RELEASE);
  @ArchTest static final ArchRule infraKnowsModelsAndSettings = uses(INFRA, SPEC, SUPPORT);

  @ArchTest
  static final ArchRule noCyclesBetweenModules =
      slices().matching("dev.slipway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesBetweenStepsOfThePipeline =
      slices().matching("dev.slipway.pipeline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onnxRuntime_isTouchedByFourModules =
      noClasses()
          .that()
          .resideOutsideOfPackages(RUNTIME, GRAPH, QUANTIZER, PIPELINE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule awsSdk_isTouchedByPackagesNamedAws =
      noClasses()
          .that()
          .resideOutsideOfPackages("..aws..", "dev.slipway.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule lambdaTypes_areTouchedByFunctions =
      noClasses()
          .that()
          .resideOutsideOfPackages(SUPPORT, FALLBACK, INFERENCE, TASKS, CONTROL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazonaws.services.lambda..");

  @ArchTest
  static final ArchRule commandLineAndPrograms_areTheOnesThatExit =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, "dev.slipway.pipeline.job..", "dev.slipway.infra")
          .should()
          .callMethod(System.class, "exit", int.class);

  /** {@return the rule that a module uses of Slipway only itself and the named modules} */
  private static ArchRule uses(String module, String... allowed) {
    String[] all = new String[allowed.length + 1];
    System.arraycopy(allowed, 0, all, 0, allowed.length);
    all[allowed.length] = module;
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(
            new DescribedPredicate<JavaClass>(LIBRARIES + " or in " + String.join(", ", all)) {
              @Override
              public boolean test(JavaClass other) {
                return !JavaClass.Predicates.resideInAPackage("dev.slipway..").test(other)
                    || JavaClass.Predicates.resideInAnyPackage(all).test(other);
              }
            })
        .allowEmptyShould(true);
  }
}

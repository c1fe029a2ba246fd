package dev.slipway.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** cdk-nag's AWS Solutions rules find nothing that is not acknowledged with a reason. */
class NagTest {
  @Test
  void stacks_haveNoUnacknowledgedFinding(@TempDir Path folder) {
    App app = new App();
    Stacks stacks = TestStacks.define(app, folder);
    Aspects.of(app).add(new AwsSolutionsChecks());
    expectNoFinding(stacks.base());
    stacks.models().forEach(NagTest::expectNoFinding);
  }

  private static void expectNoFinding(Stack stack) {
    Annotations annotations = Annotations.fromStack(stack);
    annotations.hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
    annotations.hasNoWarning("*", Match.stringLikeRegexp("AwsSolutions-.*"));
  }
}

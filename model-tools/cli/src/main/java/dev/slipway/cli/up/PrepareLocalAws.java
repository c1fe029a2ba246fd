package dev.slipway.cli.up;

import java.util.Map;

/** Brings Python, LocalStack, Node and cdk, where they are missing or have changed. */
final class PrepareLocalAws implements UpStep {
  @Override
  public String title() {
    return "prepare the local AWS";
  }

  @Override
  public String run(UpState state) {
    state.script().run("install", Map.of());
    return "packages are in place under " + state.workspace().shown(state.workspace().home());
  }
}

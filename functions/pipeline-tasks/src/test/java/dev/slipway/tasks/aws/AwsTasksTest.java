package dev.slipway.tasks.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.functions.SettingNames;
import dev.slipway.functions.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AwsTasksTest {
  @Test
  void pipelines_ofAFunction_lieBesideIt() {
    assertEquals(
        "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:other-pipeline-",
        AwsTasks.pipelines(
            "arn:aws-cn:lambda:cn-north-1:123456789012:function:other-intake:3", "other"));
  }

  @Test
  void pipelines_ofSomethingElse_saysWhatWasFound() {
    assertThrows(IllegalArgumentException.class, () -> AwsTasks.pipelines("intake", "slipway"));
  }

  @Test
  void intake_emptyEnvironment_namesEveryMissingSetting() {
    SettingsException missing =
        assertThrows(
            SettingsException.class,
            () -> AwsTasks.intake(Map.of(), "arn:aws:lambda:r:1:function:f"));

    for (String name :
        new String[] {
          SettingNames.DATASETS_BUCKET, SettingNames.REGISTRY_BUCKET, SettingNames.LEDGER_BUCKET
        }) {
      assertTrue(String.valueOf(missing.getMessage()).contains(name), name);
    }
  }

  @Test
  void propose_emptyEnvironment_namesEveryMissingSetting() {
    SettingsException missing =
        assertThrows(SettingsException.class, () -> AwsTasks.propose(Map.of()));

    for (String name :
        new String[] {
          SettingNames.SIGNING_KEY,
          SettingNames.REGISTRY_BUCKET,
          SettingNames.LEDGER_BUCKET,
          SettingNames.RELEASE_STATE_MACHINE_ARN
        }) {
      assertTrue(String.valueOf(missing.getMessage()).contains(name), name);
    }
  }
}

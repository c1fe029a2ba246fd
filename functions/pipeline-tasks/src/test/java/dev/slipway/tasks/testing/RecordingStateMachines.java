package dev.slipway.tasks.testing;

import dev.slipway.tasks.run.StateMachines;
import dev.slipway.tasks.run.TaskException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Remembers what was started, each name once. */
public final class RecordingStateMachines implements StateMachines {
  private final SortedMap<String, String> inputs = new TreeMap<>();
  private int failures;

  /** Lets the next calls fail. */
  public void fail(int times) {
    failures = times;
  }

  /** {@return inputs by ARN, colon and name} */
  public Map<String, String> started() {
    return Map.copyOf(inputs);
  }

  @Override
  public boolean start(String arn, String name, String input) {
    if (failures > 0) {
      failures--;
      throw new TaskException("AWS_FAILED: Step Functions does not answer");
    }
    return inputs.putIfAbsent(arn + ":" + name, input) == null;
  }
}

package dev.slipway.control.port;

import java.time.Duration;
import java.util.Set;

/** The alarms of a model's versions. Every method throws {@link ControlPlaneException}. */
public interface AlarmPort {
  /** Makes the alarms of a version; nothing changes when they exist. */
  void make(String model, String function, int version, Duration period, String topicArn);

  /** Removes the alarms of a version; nothing happens when there are none. */
  void remove(String model, int version);

  /** {@return the versions of a model of which an alarm is in ALARM now} */
  Set<Integer> inAlarm(String model);
}

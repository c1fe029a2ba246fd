package dev.slipway.release;

/** Who decides about forward moves. */
public enum Mode {
  /** The controller moves releases forward by itself. */
  AUTO,
  /** Forward moves wait for a person; rollbacks still run. */
  PAUSED,
  /** A person fixed the version that serves; alarms notify and do not move traffic. */
  PINNED
}

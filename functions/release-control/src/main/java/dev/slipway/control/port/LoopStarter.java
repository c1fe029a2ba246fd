package dev.slipway.control.port;

/**
 * Starts the state machine that asks again every few seconds. Never throws; failures are logged.
 */
public interface LoopStarter {
  /** Starts it for a model unless it runs. */
  void start(String model, long seq);
}

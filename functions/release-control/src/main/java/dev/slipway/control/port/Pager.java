package dev.slipway.control.port;

/** Reaches people. Never throws: a lost page must not stop a rollback; failures are logged. */
public interface Pager {
  /** Sends one page. */
  void page(String model, String subject, String message);
}

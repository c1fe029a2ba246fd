package dev.slipway.control;

/**
 * The answer to one look, as the wait loop reads it.
 *
 * @param model which model
 * @param active whether a release is in flight, so that another look is worth it soon
 * @param waitSeconds until then, at least 1
 * @param state the state's name for people
 */
public record Reply(String model, boolean active, long waitSeconds, String state) {}

package dev.slipway.pipeline.train;

/**
 * One set of hyperparameters that was tried.
 *
 * @param family {@code linear} or {@code mlp}
 * @param settings its hyperparameters, for people
 * @param validationLoss mean loss on the rows to choose by; lower is better
 */
public record Trial(String family, String settings, double validationLoss) {}

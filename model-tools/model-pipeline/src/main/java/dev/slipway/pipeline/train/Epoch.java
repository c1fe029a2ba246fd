package dev.slipway.pipeline.train;

/**
 * One point of a learning curve.
 *
 * @param number from 1
 * @param trainingLoss mean over the epoch's batches, with dropout
 * @param validationLoss after the epoch, without dropout
 */
public record Epoch(int number, double trainingLoss, double validationLoss) {}

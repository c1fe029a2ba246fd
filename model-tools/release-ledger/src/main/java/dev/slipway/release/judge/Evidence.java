package dev.slipway.release.judge;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known when a step is judged.
 *
 * @param candidate sums of the candidate; empty when the counters could not be read
 * @param baseline sums of the baseline over the same time; empty when they could not be read
 * @param weightPercent the candidate's share of the traffic, 1 to 100
 * @param since time since evidence began to count; negative while the alias settles
 */
public record Evidence(
    Optional<Counts> candidate, Optional<Counts> baseline, int weightPercent, Duration since) {}

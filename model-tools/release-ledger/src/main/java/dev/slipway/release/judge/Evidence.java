package dev.slipway.release.judge;

import java.time.Duration;
import java.util.Optional;

/**
 * What is known when a step is judged.
 *
 * @param candidate sums of the candidate; empty when the counters could not be read
 * @param baseline sums of the baseline over the same time; empty when they could not be read
 * @param latency warm requests of both; empty when there are none or they could not be read: then
 *     latency is not judged
 * @param weightPercent the candidate's share of the traffic, 1 to 100
 * @param since time since evidence began to count; negative while the alias settles
 */
public record Evidence(
    Optional<Counts> candidate,
    Optional<Counts> baseline,
    Optional<WarmRequests> latency,
    int weightPercent,
    Duration since) {}

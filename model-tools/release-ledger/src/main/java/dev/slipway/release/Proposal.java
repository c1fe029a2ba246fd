package dev.slipway.release;

import java.util.Optional;

/**
 * What is asked to be released.
 *
 * @param id unique name of the release, such as {@code run-4f1c09…}
 * @param kind what changes
 * @param bundleDigest the bundle to serve
 * @param datasetSequence age of the data behind it; empty when a person or a changed wish asks
 * @param runId the pipeline run that made the bundle, if one did
 * @param wishKey for CODE and CONFIG: the digest of the wish that asked
 * @param byPerson whether a named person asks: then the age of the data does not matter, and
 *     content that failed before may be tried again
 * @param reason why, for people
 */
public record Proposal(
    String id,
    ReleaseKind kind,
    String bundleDigest,
    Optional<DatasetSequence> datasetSequence,
    Optional<String> runId,
    Optional<String> wishKey,
    boolean byPerson,
    String reason) {}

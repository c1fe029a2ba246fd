package dev.slipway.release;

import java.util.Optional;

/**
 * What a version is made of. Two versions with equal content answer alike.
 *
 * @param codeSha256 lower-case hex digest of the function's zip
 * @param bundleDigest lower-case hex digest of the bundle's manifest; empty for the fallback
 * @param configHash lower-case hex digest of memory, environment, role and handler
 */
public record Content(String codeSha256, Optional<String> bundleDigest, String configHash) {}

package dev.slipway.control.port;

/**
 * A published layer.
 *
 * @param arn with its version
 * @param codeSha256 lower-case hex digest of its zip
 */
public record LayerVersion(String arn, String codeSha256) {}

package dev.slipway.control.port;

import dev.slipway.release.AliasContent;

/**
 * The live alias as read.
 *
 * @param content its routing
 * @param description what the last writer said
 * @param revision changes with every write
 */
public record LiveAlias(AliasContent content, String description, String revision) {}

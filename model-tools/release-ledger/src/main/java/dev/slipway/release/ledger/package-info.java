/**
 * The append-only log of one model: numbered JSON entries that are written only where none is, each
 * with the hash of the one before. State is the fold of the log.
 */
@NullMarked
package dev.slipway.release.ledger;

import org.jspecify.annotations.NullMarked;

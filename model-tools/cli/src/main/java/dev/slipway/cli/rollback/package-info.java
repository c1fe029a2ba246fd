/**
 * {@code bench rollback}: versions that turn bad only under a client's load are released, and the
 * time until the alias is back at the last good version is taken.
 */
@NullMarked
package dev.slipway.cli.rollback;

import org.jspecify.annotations.NullMarked;

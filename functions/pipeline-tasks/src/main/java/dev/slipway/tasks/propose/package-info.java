/**
 * Last step of a run: reads what the steps left, checks and signs the bundle, and writes PROPOSED
 * or REFUSED into the ledger. Every run comes here, however it went.
 */
@NullMarked
package dev.slipway.tasks.propose;

import org.jspecify.annotations.NullMarked;

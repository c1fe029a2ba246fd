/** Tests of the ledger in memory. */
@NullMarked
package dev.slipway.release.ledger;

import org.jspecify.annotations.NullMarked;

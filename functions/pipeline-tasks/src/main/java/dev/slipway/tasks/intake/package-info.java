/**
 * First step of the flow: a new object version in the datasets bucket becomes at most one run. Bad
 * data ends here with an entry in the ledger.
 */
@NullMarked
package dev.slipway.tasks.intake;

import org.jspecify.annotations.NullMarked;

/**
 * The two Lambda functions around a pipeline run: intake starts it when data arrives, propose ends
 * it with an entry in the ledger. Each handler reads its event, hands it to one class ({@link
 * dev.slipway.tasks.intake.Intake}, {@link dev.slipway.tasks.propose.Propose}) and writes the
 * reply; the AWS SDK stays in {@code aws}.
 */
@NullMarked
package dev.slipway.tasks;

import org.jspecify.annotations.NullMarked;

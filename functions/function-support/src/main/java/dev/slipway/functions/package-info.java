/**
 * What every Lambda function of Slipway shares: names of settings and their reading, counters in
 * CloudWatch's embedded metric format, and the error body.
 *
 * <p>{@link dev.slipway.functions.SettingNames} is also read by {@code infra}, so that the name of
 * an environment variable is written once. Inference loads this package on its cold start: no
 * databind, no AWS SDK, no reflection.
 */
@NullMarked
package dev.slipway.functions;

import org.jspecify.annotations.NullMarked;

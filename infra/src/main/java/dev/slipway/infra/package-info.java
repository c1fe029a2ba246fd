/**
 * PLACE: the CDK app. It reads the context and each model's {@code model.yaml} and makes one base
 * stack and one stack per model.
 *
 * <p>May depend on {@code dev.slipway.spec} (what a model asks for) and on the setting names of
 * {@code dev.slipway.functions}; nothing depends on it. The same templates go to AWS and to the
 * local AWS: only values differ, never the kind of a resource.
 */
@NullMarked
package dev.slipway.infra;

import org.jspecify.annotations.NullMarked;

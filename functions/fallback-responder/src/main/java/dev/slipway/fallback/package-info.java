/**
 * Answers for a model that has no release yet: {@link dev.slipway.fallback.FallbackHandler}. The
 * code of every model function's template, and version 1 of each. Needs nothing but the JDK and
 * Lambda's interface.
 */
@NullMarked
package dev.slipway.fallback;

import org.jspecify.annotations.NullMarked;

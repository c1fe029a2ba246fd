/** Small bundles with real models, for the tests of this module and of inference. */
@NullMarked
package dev.slipway.runtime.testing;

import org.jspecify.annotations.NullMarked;

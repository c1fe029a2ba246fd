/** Tests of serving. */
@NullMarked
package dev.slipway.inference;

import org.jspecify.annotations.NullMarked;

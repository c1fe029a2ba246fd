/** The judge, measured. */
@NullMarked
package dev.slipway.release.judge;

import org.jspecify.annotations.NullMarked;

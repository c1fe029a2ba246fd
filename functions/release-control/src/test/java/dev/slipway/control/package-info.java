/** Tests of the controller on the simulator. */
@NullMarked
package dev.slipway.control;

import org.jspecify.annotations.NullMarked;

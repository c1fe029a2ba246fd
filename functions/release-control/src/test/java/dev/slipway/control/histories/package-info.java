/** Random histories of the product's code, with rules and guards removed one at a time. */
@NullMarked
package dev.slipway.control.histories;

import org.jspecify.annotations.NullMarked;

/** The rules one by one, and the public incidents of others that the rules must not repeat. */
@NullMarked
package dev.slipway.release;

import org.jspecify.annotations.NullMarked;

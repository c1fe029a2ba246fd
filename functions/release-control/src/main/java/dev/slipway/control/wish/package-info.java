/** What a model's stack wants served: the JSON that the stack writes and the controller reads. */
@NullMarked
package dev.slipway.control.wish;

import org.jspecify.annotations.NullMarked;

/** Hand-written fakes of the services, and data to feed them with. */
@NullMarked
package dev.slipway.tasks.testing;

import org.jspecify.annotations.NullMarked;

/**
 * What intake and propose share: where the files of a run lie, the results of its steps, and narrow
 * interfaces to the services, which {@code aws} implements and the tests fake. Uses no SDK.
 */
@NullMarked
package dev.slipway.tasks.run;

import org.jspecify.annotations.NullMarked;

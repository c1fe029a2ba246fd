/**
 * The controller's surroundings in memory: Lambda as strict as AWS documents it, with faults on
 * request, and a time that moves only when somebody waits.
 */
@NullMarked
package dev.slipway.control.simulator;

import org.jspecify.annotations.NullMarked;

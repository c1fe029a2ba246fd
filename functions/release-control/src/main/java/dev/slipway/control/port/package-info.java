/**
 * What the release controller needs of the world, one narrow interface per service. {@code
 * dev.slipway.control.aws} implements them for AWS; tests implement them with a simulator.
 */
@NullMarked
package dev.slipway.control.port;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.slipway.tasks;

import org.jspecify.annotations.NullMarked;

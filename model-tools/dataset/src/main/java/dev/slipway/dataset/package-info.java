@NullMarked
package dev.slipway.dataset;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.slipway.infra;

import org.jspecify.annotations.NullMarked;

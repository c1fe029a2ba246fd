@NullMarked
package dev.slipway.functions;

import org.jspecify.annotations.NullMarked;

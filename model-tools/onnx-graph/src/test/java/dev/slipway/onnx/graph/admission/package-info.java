/** Tests of admission: a hostile corpus, made here, and models that must pass. */
@NullMarked
package dev.slipway.onnx.graph.admission;

import org.jspecify.annotations.NullMarked;

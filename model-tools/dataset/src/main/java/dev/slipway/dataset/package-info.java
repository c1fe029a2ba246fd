/**
 * From a CSV file to typed, de-identified rows: read ({@link TableReader}), typed and checked
 * ({@link DatasetReader}), shared out ({@link Splitter}), written ({@link DatasetWriter}). Needs
 * only the JDK, because intake uses it in a Lambda function.
 */
@NullMarked
package dev.slipway.dataset;

import org.jspecify.annotations.NullMarked;

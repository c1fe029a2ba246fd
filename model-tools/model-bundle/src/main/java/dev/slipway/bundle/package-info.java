/**
 * The bundle: the one contract between making a model and serving it.
 *
 * <p>The pipeline writes a bundle, the release controller checks it, inference opens it, the watch
 * compares live data with its baseline. Needs only the JDK and jackson-core, because inference
 * loads these classes on its cold start; for the same reason the code here uses no streams, lambdas
 * or string formatting where a bundle is opened.
 */
@NullMarked
package dev.slipway.bundle;

import org.jspecify.annotations.NullMarked;

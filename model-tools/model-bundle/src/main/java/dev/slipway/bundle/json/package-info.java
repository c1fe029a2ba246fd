/**
 * Small JSON trees for the bundle's own files: strict reading, problems collected, fixed output.
 *
 * <p>Used by {@code dev.slipway.bundle}; not a general JSON library and not for request bodies.
 */
@NullMarked
package dev.slipway.bundle.json;

import org.jspecify.annotations.NullMarked;

/**
 * What the offline commands share: where a model's folder leaves its files, and calibration rows.
 */
@NullMarked
package dev.slipway.cli.offline;

import org.jspecify.annotations.NullMarked;

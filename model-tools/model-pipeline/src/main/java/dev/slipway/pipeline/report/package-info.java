/**
 * What packaging found out, and report.html: one self-contained file with its plots as inline SVG.
 */
@NullMarked
package dev.slipway.pipeline.report;

import org.jspecify.annotations.NullMarked;

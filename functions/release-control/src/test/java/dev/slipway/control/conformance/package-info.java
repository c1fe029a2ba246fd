/**
 * What Lambda's control plane promises, as assertions that run against anything behind our ports.
 */
@NullMarked
package dev.slipway.control.conformance;

import org.jspecify.annotations.NullMarked;

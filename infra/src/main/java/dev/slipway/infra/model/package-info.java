/**
 * The stack of one model: pipeline, job definitions, the function with its fallback code, the HTTP
 * API, the wish and backstop alarms. It refers to the base stack by name only.
 */
@NullMarked
package dev.slipway.infra.model;

import org.jspecify.annotations.NullMarked;

/** The AWS on this machine: starting and stopping it, and the plug-in's own endpoints. */
@NullMarked
package dev.slipway.cli.local;

import org.jspecify.annotations.NullMarked;

package dev.slipway.cli;

import dev.slipway.cli.print.Console;

/** What every command is given: where things are, and where to print. */
public record CommandContext(Workspace workspace, Console console) {}

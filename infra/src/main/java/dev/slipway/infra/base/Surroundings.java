package dev.slipway.infra.base;

import dev.slipway.infra.Artefacts;
import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.Names;

/**
 * What every part of the base stack is given.
 *
 * @param names names in AWS
 * @param settings of the platform engineer
 * @param artefacts the built zips
 */
record Surroundings(Names names, InfraSettings settings, Artefacts artefacts) {}

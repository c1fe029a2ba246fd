package dev.slipway.infra.model;

import dev.slipway.infra.Artefacts;
import dev.slipway.infra.InfraSettings;
import dev.slipway.infra.Names;

/**
 * What every part of a model's stack is given.
 *
 * @param model the model
 * @param names names in AWS
 * @param settings of the platform engineer
 * @param artefacts the built zips
 */
record ModelSurroundings(
    ServedModel model, Names names, InfraSettings settings, Artefacts artefacts) {
  /** {@return the name of the model's function, API and key} */
  String functionName() {
    return names.model(model.name());
  }
}

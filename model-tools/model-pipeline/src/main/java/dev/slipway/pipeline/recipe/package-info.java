/**
 * The steps in order, on local folders: {@link TrainRecipe} from a data file to a float model,
 * {@link PackageRecipe} from there to a bundle. Jobs and the offline commands run the same recipes.
 */
@NullMarked
package dev.slipway.pipeline.recipe;

import org.jspecify.annotations.NullMarked;

/**
 * What a model is to become: {@code model.yaml}, read, checked and filled with defaults.
 *
 * <p>First in the flow. The command line and the stacks read the YAML form; intake and the jobs
 * read the JSON form that the stack stored. Depends on Jackson, and on dataset for the words in
 * which that module takes its settings; infra, pipeline-tasks, model-pipeline and cli depend on it.
 */
@NullMarked
package dev.slipway.spec;

import org.jspecify.annotations.NullMarked;

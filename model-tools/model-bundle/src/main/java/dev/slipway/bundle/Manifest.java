package dev.slipway.bundle;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a bundle is: signature, files, origin and quality of one model.
 *
 * <p>Holds no time, host or latency, so that equal inputs give equal bytes. The digest of a bundle
 * is the SHA-256 of the manifest's bytes ({@link ManifestWriter}).
 *
 * @param model the model's name
 * @param task what it answers
 * @param inputs its input tensors, at least one
 * @param outputs its output tensors, at least one
 * @param files every file of the bundle but the manifest, sorted by path
 * @param lineage where it comes from
 * @param recipe how it was quantized
 * @param metrics what the gate measured
 */
public record Manifest(
    String model,
    Task task,
    List<InputTensor> inputs,
    List<OutputTensor> outputs,
    List<BundleFile> files,
    Lineage lineage,
    Recipe recipe,
    Metrics metrics) {

  /** The version of the format that is written, and the only one that is read. */
  public static final int FORMAT_VERSION = 1;

  public Manifest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (model.isEmpty() || inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "a manifest names a model, at least one input and at least one output");
    }
    Set<String> seen = new HashSet<>();
    for (InputTensor input : inputs) {
      once(seen, "input ", input.name());
    }
    for (OutputTensor output : outputs) {
      once(seen, "output ", output.name());
    }
    TreeMap<String, BundleFile> sorted = new TreeMap<>();
    for (BundleFile file : files) {
      once(seen, "file ", file.path());
      sorted.put(file.path(), file);
    }
    files = List.copyOf(sorted.values());
  }

  /**
   * {@return this manifest with other files}
   *
   * @param others the files of the bundle but the manifest
   */
  public Manifest withFiles(List<BundleFile> others) {
    return new Manifest(model, task, inputs, outputs, others, lineage, recipe, metrics);
  }

  private static void once(Set<String> seen, String kind, String name) {
    if (!seen.add(kind + name)) {
      throw new IllegalArgumentException(kind + name + " is named twice");
    }
  }
}

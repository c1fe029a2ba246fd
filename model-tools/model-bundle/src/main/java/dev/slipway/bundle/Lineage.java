package dev.slipway.bundle;

/**
 * Where a bundle comes from; travels inside it.
 *
 * @param datasetBucket the bucket of the data, or empty when it was a local file
 * @param datasetKey the key of the data, or the file's name
 * @param datasetVersionId the object version that was trained on, or empty
 * @param datasetSha256 the digest of the data
 * @param settingsSha256 the digest of the parsed {@code model.yaml}
 * @param seed the seed of split, training and calibration
 * @param slipway the version of this tool
 * @param jdk the version of the JDK that packed it
 * @param onnxruntime the version of ONNX Runtime it was evaluated with
 * @param trainer what trained it, for example {@code mlp}
 * @param device where it was trained, for example {@code cpu}
 */
public record Lineage(
    String datasetBucket,
    String datasetKey,
    String datasetVersionId,
    Digest datasetSha256,
    Digest settingsSha256,
    long seed,
    String slipway,
    String jdk,
    String onnxruntime,
    String trainer,
    String device) {}

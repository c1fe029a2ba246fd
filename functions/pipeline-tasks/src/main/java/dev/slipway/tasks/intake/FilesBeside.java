package dev.slipway.tasks.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.release.Reason;
import dev.slipway.spec.ModelSpec;
import dev.slipway.spec.UploadFile;
import dev.slipway.spec.UploadedModelSpec;
import dev.slipway.tasks.run.ObjectStore;
import dev.slipway.tasks.run.StoredObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What lay beside a finished model when it came, by its version: a run that is repeated takes the
 * same files, whatever has been uploaded since.
 *
 * @param found the files that are there
 * @param problems why the model cannot be judged; empty when it can
 */
record FilesBeside(Map<UploadFile, StoredObject> found, List<Reason> problems) {
  static final FilesBeside NONE = new FilesBeside(Map.of(), List.of());

  /** Keeps copies. */
  FilesBeside {
    found = Collections.unmodifiableMap(new EnumMap<>(withKeys(found)));
    problems = List.copyOf(problems);
  }

  private static EnumMap<UploadFile, StoredObject> withKeys(Map<UploadFile, StoredObject> found) {
    EnumMap<UploadFile, StoredObject> sorted = new EnumMap<>(UploadFile.class);
    sorted.putAll(found);
    return sorted;
  }

  /** {@return the newest files beside the model at {@code source}} */
  static FilesBeside of(ObjectStore objects, StoredObject source, DatasetKey key, ModelSpec spec) {
    String folder = source.key().substring(0, source.key().length() - key.file().length());
    Map<UploadFile, StoredObject> found = new EnumMap<>(UploadFile.class);
    List<Reason> problems = new ArrayList<>();
    for (UploadFile file : UploadFile.values()) {
      String place = folder + file.nameBeside(spec, key.file());
      objects
          .describe(source.bucket(), place, Optional.empty())
          .ifPresentOrElse(
              object -> found.put(file, object),
              () ->
                  file.named(spec)
                      .ifPresent(named -> problems.add(missing(named, source.bucket(), place))));
    }
    found.values().stream()
        .filter(object -> object.size() > EarlyCheck.WHOLE_BYTES)
        .forEach(object -> problems.add(tooLarge(object)));
    if (found.isEmpty() && problems.isEmpty() && inputs(spec).isEmpty()) {
      problems.add(undescribed(key));
    }
    return new FilesBeside(found, problems);
  }

  private static List<?> inputs(ModelSpec spec) {
    return spec.model().orElse(UploadedModelSpec.UNSPECIFIED).inputs();
  }

  private static Reason missing(String named, String bucket, String place) {
    return new Reason(
        "UPLOAD_FILE_MISSING",
        "model.yaml names %s, but there is no s3://%s/%s; upload it, then the model again"
            .formatted(named, bucket, place));
  }

  private static Reason tooLarge(StoredObject object) {
    return new Reason(
        "UPLOAD_FILE_TOO_LARGE",
        "expected at most %d bytes beside a model, found %d in %s; a few hundred rows are enough"
            .formatted(EarlyCheck.WHOLE_BYTES, object.size(), object.key()));
  }

  private static Reason undescribed(DatasetKey key) {
    String stem = key.file().substring(0, key.file().length() - UploadFile.MODEL_SUFFIX.length());
    return new Reason(
        "UPLOAD_UNDESCRIBED",
        "nothing says how to ask %s; put golden requests (%s.golden.json) or rows (%s.calibration.csv) beside it and upload the model again after them, or describe model.inputs in model.yaml"
            .formatted(key.file(), stem, stem));
  }

  /** {@return a refusal of a file that is neither a finished model nor meant to lie beside one} */
  static Reason notOnnx(DatasetKey key) {
    return new Reason(
        "UPLOAD_NOT_ONNX",
        "%s takes finished models: expected NAME.onnx, or beside it NAME.golden.json or NAME.calibration.csv, found %s; export the model to ONNX and upload that"
            .formatted(key.model(), key.file()));
  }

  /** Adds the files to a run's description. */
  void write(ObjectNode run) {
    if (found.isEmpty()) {
      return;
    }
    ObjectNode beside = run.putObject("beside");
    found.forEach((file, object) ->
        beside
            .putObject(file.name().toLowerCase(Locale.ROOT))
            .put("key", object.key())
            .put("versionId", object.versionId())
            .put("lastModified", object.lastModified().toString())
            .put("size", object.size()));
  }
}

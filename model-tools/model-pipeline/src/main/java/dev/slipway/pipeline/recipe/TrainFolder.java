package dev.slipway.pipeline.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.slipway.dataset.DatasetException;
import dev.slipway.dataset.ReadLimits;
import dev.slipway.dataset.TableReader;
import dev.slipway.pipeline.features.ModelSchema;
import dev.slipway.pipeline.features.Rows;
import dev.slipway.pipeline.train.TrainingRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that training leaves and packaging reads.
 *
 * @param path the folder
 */
public record TrainFolder(Path path) {
  /** The exported model, not quantized. */
  public static final String MODEL = "model-float.onnx";

  /** A {@link TrainingRecord}. */
  public static final String RECORD = "training.json";

  /** A {@link ModelSchema}. */
  public static final String SCHEMA = "schema.json";

  /** Rows to learn from. */
  public static final String TRAIN = "split/train.csv";

  /** Rows to choose by. */
  public static final String VALIDATION = "split/validation.csv";

  /** Rows to judge by. */
  public static final String TEST = "split/test.csv";

  /** Every file, relative to the folder. */
  public static final List<String> FILES = List.of(MODEL, RECORD, SCHEMA, TRAIN, VALIDATION, TEST);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** {@return a file of the folder} */
  public Path file(String name) {
    return path.resolve(name);
  }

  void write(String name, Object value) {
    try {
      Files.writeString(file(name), JSON.writeValueAsString(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record has no JSON form", impossible);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("writing " + file(name) + " failed", unwritable);
    }
  }

  /** {@return what the model takes and says} */
  public ModelSchema schema() {
    return read(SCHEMA, ModelSchema.class);
  }

  /** {@return what training did} */
  public TrainingRecord record() {
    return read(RECORD, TrainingRecord.class);
  }

  /** {@return the rows of a part of the split} */
  public Rows rows(String part) {
    try {
      return Rows.of(TableReader.read(file(part), ReadLimits.defaults()), schema());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file(part) + " failed", unreadable);
    } catch (DatasetException damaged) {
      throw new IllegalStateException(
          file(part) + " is not what training wrote: " + damaged.getMessage(), damaged);
    }
  }

  private <T> T read(String name, Class<T> type) {
    try {
      return JSON.readValue(file(name).toFile(), type);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file(name) + " failed", unreadable);
    }
  }
}

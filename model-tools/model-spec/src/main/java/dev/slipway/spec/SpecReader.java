package dev.slipway.spec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a specification from a file or a text and reports every problem at once. */
final class SpecReader {
  /** A specification is a page of text; SSM parameters, where its JSON form lies, hold 8 KiB. */
  private static final int LARGEST = 64 * 1024;

  private SpecReader() {}

  static ModelSpec yaml(Path file) {
    String source = String.valueOf(file.getFileName());
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw refused(source, "MODEL_YAML_TOO_LARGE", tooLarge(size));
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return yaml(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), source);
    } catch (CharacterCodingException e) {
      throw refused(source, "MODEL_YAML_ENCODING", "expected UTF-8; save the file as UTF-8");
    } catch (NoSuchFileException e) {
      throw refused(
          source, "MODEL_YAML_NOT_FOUND", "no such file: " + file + "; a model's folder holds one");
    } catch (IOException e) {
      throw refused(source, "MODEL_YAML_NOT_READABLE", "cannot read " + file + ": " + e);
    }
  }

  static ModelSpec yaml(String text, String source) {
    checkSize(text, source);
    Problems problems = new Problems();
    return read(new SpecParser(problems).yaml(text), problems, source);
  }

  static ModelSpec json(String text, String source) {
    checkSize(text, source);
    Problems problems = new Problems();
    return read(new SpecParser(problems).json(text), problems, source);
  }

  private static void checkSize(String text, String source) {
    if (text.length() > LARGEST) {
      throw refused(source, "MODEL_YAML_TOO_LARGE", tooLarge(text.length()));
    }
  }

  private static String tooLarge(long size) {
    return "expected at most " + LARGEST + " bytes, found " + size + "; is this the right file?";
  }

  private static ModelSpecException refused(String source, String code, String message) {
    return new ModelSpecException(source, List.of(new Problem("", 0, code, message)));
  }

  private static ModelSpec read(Optional<SpecNode> root, Problems problems, String source) {
    Optional<ModelSpec> spec = root.map(node -> read(Area.of("", node, problems)));
    problems.throwIfAny(source);
    return spec.orElseThrow(() -> new IllegalStateException("no document and no problem"));
  }

  private static ModelSpec read(Area root) {
    String name = root.require(ModelSpec.NAME, "unnamed");
    Task task = root.require(ModelSpec.TASK, Task.CLASSIFICATION);
    Area dataArea = root.area("data");
    TrainingSpec training = TrainingSpec.read(root.area("training"), task);
    boolean uploaded = training.trainer() == TrainerKind.ONNX;
    ModelSpec spec =
        new ModelSpec(
            name,
            task,
            DataSpec.read(dataArea, !uploaded),
            training,
            PackageSpec.read(root.area("package"), task),
            ServingSpec.read(root.area("serving")),
            ReleaseSpec.read(root.area("release")),
            model(root, uploaded));
    root.refuseUnknown();
    return spec;
  }

  private static Optional<UploadedModelSpec> model(Area root, boolean uploaded) {
    if (!root.has("model")) {
      return Optional.empty();
    }
    if (!uploaded) {
      root.conflict("model", "this section is for training.trainer: onnx; set it or remove this");
    }
    return Optional.of(UploadedModelSpec.read(root.area("model")));
  }
}

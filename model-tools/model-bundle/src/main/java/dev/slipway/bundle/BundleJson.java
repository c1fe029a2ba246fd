package dev.slipway.bundle;

import dev.slipway.bundle.BundleProblem.Code;
import dev.slipway.bundle.json.JsonFields;
import dev.slipway.bundle.json.JsonSyntaxException;
import dev.slipway.bundle.json.JsonText;
import dev.slipway.bundle.json.JsonValue;
import dev.slipway.bundle.json.JsonValue.NumberValue;
import dev.slipway.bundle.json.JsonValue.ObjectValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the readers of the bundle's JSON files share. */
final class BundleJson {
  private BundleJson() {}

  static JsonValue parse(String file, byte[] utf8) {
    try {
      return JsonText.parse(utf8);
    } catch (JsonSyntaxException e) {
      throw invalid(file, List.of(messageOf(e)));
    }
  }

  /** Refuses another format version before anything else: other complaints would mislead. */
  static void checkVersion(String file, JsonValue document, int supported) {
    String expected = Integer.toString(supported);
    if (document instanceof ObjectValue object
        && object.members().get("formatVersion") instanceof NumberValue(String found)
        && !found.equals(expected)) {
      throw new BundleException(
          new BundleProblem(
              Code.BUNDLE_FORMAT_UNKNOWN,
              file
                  + " has formatVersion "
                  + found
                  + "; this version of Slipway reads "
                  + expected
                  + " only. Use the Slipway that wrote it, or pack the bundle again."));
    }
  }

  static BundleException invalid(String file, List<String> problems) {
    List<BundleProblem> list = new ArrayList<>();
    for (String problem : problems) {
      list.add(new BundleProblem(Code.BUNDLE_FILE_INVALID, file + ": " + problem));
    }
    return new BundleException(list);
  }

  static Datatype datatype(JsonFields fields) {
    String name = fields.text("datatype");
    Optional<Datatype> datatype = Datatype.named(name);
    if (datatype.isEmpty()) {
      fields.note(
          "datatype",
          "unknown datatype \""
              + name
              + "\"; expected one of "
              + Arrays.toString(Datatype.values()));
    }
    return datatype.orElse(Datatype.FP32);
  }

  static Shape shape(JsonFields fields) {
    try {
      return Shape.of(fields.integers("shape"));
    } catch (IllegalArgumentException e) {
      fields.note("shape", messageOf(e));
      return Shape.of();
    }
  }

  static String messageOf(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}

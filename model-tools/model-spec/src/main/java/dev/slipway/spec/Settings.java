package dev.slipway.spec;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting of {@code model.yaml}, for documentation, help texts and hints. */
public final class Settings {
  private static final List<Setting<?>> ALL =
      Stream.of(
              ModelSpec.SETTINGS,
              DataSpec.SETTINGS,
              ColumnSpec.SETTINGS,
              SplitSpec.SETTINGS,
              TrainingSpec.SETTINGS,
              SearchSpec.SETTINGS,
              PackageSpec.SETTINGS,
              GateSpec.SETTINGS,
              ServingSpec.SETTINGS,
              ReleaseSpec.SETTINGS,
              ErrorRateSpec.SETTINGS,
              UploadedModelSpec.SETTINGS)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private Settings() {}

  /** {@return every setting, area by area} */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** {@return the end of the message about an unknown key: the name that was probably meant} */
  static String hint(String area, String unknown, Collection<String> known) {
    Optional<String> elsewhere =
        ALL.stream()
            .filter(setting -> setting.key().equals(unknown))
            .map(Setting::path)
            .findFirst();
    String place = area.isEmpty() ? "here" : "in " + area;
    return Texts.nearest(unknown, known)
        .map(name -> "; did you mean '" + name + "'?")
        .or(() -> elsewhere.map(path -> "; did you mean " + path + "?"))
        .orElseGet(() -> "; known " + place + ": " + String.join(", ", known));
  }
}

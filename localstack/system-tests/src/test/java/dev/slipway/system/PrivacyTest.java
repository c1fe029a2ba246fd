package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What identifies a patient stays in the uploaded file. */
@SystemTest
@Order(6)
class PrivacyTest {
  private static final Pattern PATIENT = Pattern.compile("\\bP1[0-9]{5}\\b");

  /** Repeats the settings of model.yaml, without which the job could not drop the column. */
  private static final Pattern MAY_NAME_THE_COLUMN = Pattern.compile("runs/.*/run\\.json");

  @Test
  void registryAndLedger_afterTraining_holdNoPatient(LocalSystem system) {
    assertTrue(
        ExampleData.read(system.commands().root()).patients().stream()
            .allMatch(PATIENT.asMatchPredicate()),
        "the pattern knows every patient");
    List<String> leaks = new ArrayList<>();
    for (String bucket : List.of(Aws.REGISTRY, Aws.LEDGER)) {
      List<S3Object> objects = system.aws().objects(bucket, "");

      for (S3Object object : objects) {
        contents(object.key(), system.aws().read(bucket, object.key()))
            .forEach((name, text) -> look(name, text, leaks));
      }

      assertTrue(objects.size() > 1, "there is something to look at in " + bucket);
    }

    assertEquals(List.of(), leaks);
  }

  private static void look(String name, String text, List<String> leaks) {
    boolean named = text.contains("patient_id") && !MAY_NAME_THE_COLUMN.matcher(name).matches();
    if (PATIENT.matcher(text).find() || named) {
      leaks.add(name);
    }
  }

  /** {@return the object as text, and each file in it when it is a zip} */
  private static Map<String, String> contents(String key, byte[] bytes) {
    Map<String, String> contents = new LinkedHashMap<>();
    contents.put(key, new String(bytes, StandardCharsets.ISO_8859_1));
    if (key.endsWith(".zip")) {
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          contents.put(
              key + "!" + entry.getName(),
              new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      } catch (IOException damaged) {
        throw new UncheckedIOException(key + " is no zip", damaged);
      }
    }
    return contents;
  }
}

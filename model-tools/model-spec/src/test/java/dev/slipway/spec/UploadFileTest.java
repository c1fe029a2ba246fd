package dev.slipway.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class UploadFileTest {
  private static final String UPLOADED =
      "name: scorer\ntask: regression\ntraining: {trainer: onnx}\n";
  private static final ModelSpec PLAIN = ModelSpec.fromYaml(UPLOADED, "model.yaml");
  private static final ModelSpec NAMED =
      ModelSpec.fromYaml(UPLOADED + "model: {golden: asked.json}\n", "model.yaml");

  @Test
  void nameBeside_withoutASetting_followsTheModel() {
    assertEquals("m.golden.json", UploadFile.GOLDEN.nameBeside(PLAIN, "m.onnx"));
    assertEquals("M.calibration.csv", UploadFile.CALIBRATION.nameBeside(PLAIN, "M.ONNX"));
  }

  @Test
  void nameBeside_withASetting_isThatOfModelYaml() {
    assertEquals("asked.json", UploadFile.GOLDEN.nameBeside(NAMED, "m.onnx"));
    assertEquals("m.calibration.csv", UploadFile.CALIBRATION.nameBeside(NAMED, "m.onnx"));
  }

  @Test
  void beside_ofNames_tellsThemApart() {
    assertEquals(Optional.of(UploadFile.GOLDEN), UploadFile.beside(PLAIN, "m.golden.json"));
    assertEquals(
        Optional.of(UploadFile.CALIBRATION), UploadFile.beside(PLAIN, "m.calibration.csv"));
    assertEquals(Optional.of(UploadFile.GOLDEN), UploadFile.beside(NAMED, "asked.json"));
    assertEquals(Optional.empty(), UploadFile.beside(PLAIN, "asked.json"));
    assertEquals(Optional.empty(), UploadFile.beside(PLAIN, "m.onnx"));
    assertTrue(UploadFile.isModel("M.Onnx"));
  }
}

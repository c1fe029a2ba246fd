package dev.slipway.onnx.quantize.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.onnx.quantize.Fidelity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleNetworksTest {
  private static final double SMALL = 0.1;

  @ParameterizedTest
  @EnumSource
  void of_everyKind_runsAndIsTheSameAgain(SampleNetwork.Kind kind) {
    SampleNetwork network = SampleNetworks.of(kind, SMALL, 7);

    double same = Fidelity.decibel(network.model(), network.model(), network.samples(2, 1));

    assertEquals(Double.POSITIVE_INFINITY, same);
    byte[] bytes = network.model().toBytes();
    assertArrayEquals(bytes, SampleNetworks.of(kind, SMALL, 7).model().toBytes());
    assertFalse(Arrays.equals(bytes, SampleNetworks.of(kind, SMALL, 8).model().toBytes()));
  }

  @Test
  void of_fullMobileNet_hasThePublishedNumberOfParameters() {
    SampleNetwork network = SampleNetworks.of(SampleNetwork.Kind.MOBILENET_V2, 1, 7);

    double millions = network.model().initializerBytes() / 4e6;

    // 3.504 million with batch norms; folded, two numbers per channel fewer.
    assertTrue(millions > 3.4 && millions < 3.55, millions + " million");
  }

  @Test
  void of_scaleBeyondTheLimits_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> SampleNetworks.of(SampleNetwork.Kind.MLP, 1.1, 7));
  }
}

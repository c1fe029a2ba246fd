package dev.slipway.control.simulator;

import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Column;
import dev.slipway.bundle.Datatype;
import dev.slipway.bundle.Digest;
import dev.slipway.bundle.InputTensor;
import dev.slipway.bundle.LayerZip;
import dev.slipway.bundle.Lineage;
import dev.slipway.bundle.Manifest;
import dev.slipway.bundle.ManifestWriter;
import dev.slipway.bundle.Metrics;
import dev.slipway.bundle.OutputTensor;
import dev.slipway.bundle.Recipe;
import dev.slipway.bundle.Shape;
import dev.slipway.bundle.Task;
import dev.slipway.control.port.BundleStore;
import dev.slipway.control.port.S3Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A registry with tiny bundles; the signature of bytes is their digest, backwards. */
public final class SimulatedBundles implements BundleStore {
  /** What the one golden case expects. */
  static final String GOLDEN_OUTPUTS =
      "[{\"name\":\"prediction\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[0.5]}]";

  private static final Digest ZERO = new Digest("0".repeat(64));

  private final Faults faults;
  private final LambdaControlPlaneSimulator lambda;
  private final Map<String, byte[]> files = new HashMap<>();

  SimulatedBundles(Faults faults, LambdaControlPlaneSimulator lambda) {
    this.faults = faults;
    this.lambda = lambda;
  }

  /** {@return the digest of a new bundle whose model is this text} */
  public String add(String model, String weights) {
    byte[] graph = weights.getBytes(StandardCharsets.UTF_8);
    byte[] manifest = ManifestWriter.write(manifest(model, graph));
    String digest = Digest.of(manifest).hex();
    byte[] layer = layer(manifest, graph);
    put(model, digest, BundleFile.MANIFEST, manifest);
    put(model, digest, BundleFile.SIGNATURE, sign(manifest));
    put(model, digest, BundleFile.LAYER, layer);
    put(model, digest, BundleFile.GOLDEN, golden());
    lambda.put(place(model, digest, BundleFile.LAYER), Digest.of(layer).hex());
    return digest;
  }

  /** Replaces a file, as somebody with too many rights would. */
  public void put(String model, String digest, String file, byte[] content) {
    files.put(place(model, digest, file).key(), content.clone());
  }

  /** Removes a file. */
  public void remove(String model, String digest, String file) {
    files.remove(place(model, digest, file).key());
  }

  @Override
  public S3Place place(String model, String digest, String file) {
    return new S3Place("registry", "bundles/" + model + "/" + digest + "/" + file);
  }

  @Override
  public Optional<byte[]> read(String model, String digest, String file) {
    return faults.call(
        "GetObject(" + file + ")",
        () -> Optional.ofNullable(files.get(place(model, digest, file).key())).map(byte[]::clone));
  }

  @Override
  public Optional<InputStream> open(String model, String digest, String file) {
    return read(model, digest, file).map(ByteArrayInputStream::new);
  }

  @Override
  public boolean isSigned(byte[] message, byte[] signature) {
    return faults.call("Verify", () -> Arrays.equals(sign(message), signature));
  }

  private static byte[] sign(byte[] message) {
    return new StringBuilder(Digest.of(message).hex())
        .reverse()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] golden() {
    return ("{\"formatVersion\":1,\"cases\":[{\"name\":\"row-1\",\"request\":{\"inputs\":[]},"
            + "\"outputs\":"
            + GOLDEN_OUTPUTS
            + ",\"tolerance\":0.0001}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Manifest manifest(String model, byte[] graph) {
    return new Manifest(
        model,
        Task.REGRESSION,
        List.of(
            new InputTensor(
                "features", Datatype.FP32, Shape.of(-1, 1), List.of(Column.number("x", true)))),
        List.of(new OutputTensor("prediction", Datatype.FP32, Shape.of(-1, 1), List.of())),
        List.of(new BundleFile(BundleFile.MODEL, Digest.of(graph), graph.length)),
        new Lineage("datasets", "data.csv", "v1", ZERO, ZERO, 1, "0.1.0", "25", "1", "t", "cpu"),
        new Recipe("float", "any-x86", List.of()),
        new Metrics(
            "rmse",
            OptionalDouble.of(1),
            OptionalDouble.of(1),
            Optional.empty(),
            OptionalDouble.empty(),
            10));
  }

  private static byte[] layer(byte[] manifest, byte[] graph) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, BundleFile.MANIFEST, manifest);
      entry(zip, BundleFile.MODEL, graph);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail", impossible);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(LayerZip.FOLDER + name));
    zip.write(content);
    zip.closeEntry();
  }
}

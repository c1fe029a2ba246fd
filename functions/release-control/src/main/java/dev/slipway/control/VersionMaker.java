package dev.slipway.control;

import dev.slipway.bundle.BundleFile;
import dev.slipway.bundle.Digest;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.LambdaControlPlane;
import dev.slipway.control.port.LayerVersion;
import dev.slipway.control.port.S3Place;
import dev.slipway.control.port.World;
import dev.slipway.control.wish.Wish;
import dev.slipway.functions.SettingNames;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a version of wish and bundle (rule W7). Nothing in {@code $LATEST} is trusted: what differs
 * is written, and publishing names the code and the revision that were seen, so that a deployment
 * at the same time leads to another attempt and never to a wrong version.
 */
final class VersionMaker {
  /** The release that a version was made for: makes a release's version its own. */
  static final String RELEASE = "SLIPWAY_RELEASE";

  private static final int ATTEMPTS = 12;

  private final World world;
  private final Settling settling;

  VersionMaker(World world) {
    this.world = world;
    this.settling = new Settling(world);
  }

  /** {@return the number of the version, active and checked} */
  int make(Wish wish, String bundleDigest, String release) {
    FunctionShape shape = shape(wish, bundleDigest, release, layer(wish, bundleDigest));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FunctionState latest = settling.settled(wish.function(), LambdaControlPlane.LATEST);
      try {
        if (!isCode(latest, wish)) {
          world
              .lambda()
              .updateCode(wish.function(), wish.code(), wish.architecture(), latest.revision());
        } else if (!latest.shape().equals(shape)) {
          world.lambda().updateShape(wish.function(), shape, latest.revision());
        } else if (!latest.settled()) {
          throw new ControlPlaneException(Kind.INVALID, "UPDATE_FAILED: " + latest.why());
        } else {
          return publish(wish, shape, latest);
        }
      } catch (ControlPlaneException failure) {
        if (failure.kind() != Kind.STALE && failure.kind() != Kind.CONFLICT) {
          throw failure;
        }
        world.log().accept("LATEST_MOVED: " + wish.function() + ": " + failure.getMessage());
      }
    }
    throw new ControlPlaneException(
        Kind.CONFLICT, "LATEST_RESTLESS: somebody keeps changing $LATEST of " + wish.function());
  }

  private int publish(Wish wish, FunctionShape shape, FunctionState latest) {
    FunctionState made =
        world
            .lambda()
            .publish(
                wish.function(),
                wish.codeSha256(),
                latest.revision(),
                "release " + shape.environment().get(RELEASE));
    FunctionState version = settling.active(wish.function(), made.version());
    if (!isCode(version, wish)
        || !version.shape().equals(shape)
        || !version.deadLetterArn().equals(latest.deadLetterArn())) {
      throw new ControlPlaneException(
          Kind.STALE,
          "VERSION_DIFFERS: version "
              + version.version()
              + " is not what was asked for; expected "
              + shape
              + ", found "
              + version.shape());
    }
    return version.number();
  }

  private static boolean isCode(FunctionState state, Wish wish) {
    return state.codeSha256().equals(wish.codeSha256())
        && state.architecture().equals(wish.architecture());
  }

  private static FunctionShape shape(
      Wish wish, String bundleDigest, String release, LayerVersion layer) {
    Map<String, String> environment = new TreeMap<>(wish.environment());
    environment.put(SettingNames.BUNDLE_DIGEST, bundleDigest);
    environment.put(RELEASE, release);
    return new FunctionShape(
        wish.runtime(),
        wish.handler(),
        wish.roleArn(),
        wish.memoryMb(),
        wish.timeoutSeconds(),
        environment,
        List.of(layer.arn()));
  }

  /** The layer's digest is compared, so that the layer is the one that was verified. */
  private LayerVersion layer(Wish wish, String bundleDigest) {
    S3Place place = world.bundles().place(wish.model(), bundleDigest, BundleFile.LAYER);
    String expected = digest(wish, bundleDigest);
    LayerVersion layer =
        world
            .lambda()
            .findLayer(wish.function(), bundleDigest)
            .filter(found -> found.codeSha256().equals(expected))
            .orElseGet(() ->
                world
                    .lambda()
                    .publishLayer(wish.function(), place, bundleDigest, wish.architecture()));
    if (!layer.codeSha256().equals(expected)) {
      throw new ControlPlaneException(
          Kind.INVALID,
          "LAYER_CHANGED: layer "
              + layer.arn()
              + " has digest "
              + layer.codeSha256()
              + ", expected "
              + expected
              + " of "
              + place);
    }
    return layer;
  }

  private String digest(Wish wish, String bundleDigest) {
    try (InputStream bytes =
        world
            .bundles()
            .open(wish.model(), bundleDigest, BundleFile.LAYER)
            .orElseThrow(() ->
                new ControlPlaneException(
                    Kind.NOT_FOUND, "LAYER_MISSING: no layer.zip of " + bundleDigest))) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(bytes, sha256).transferTo(java.io.OutputStream.nullOutputStream());
      return new Digest(HexFormat.of().formatHex(sha256.digest())).hex();
    } catch (IOException | NoSuchAlgorithmException failure) {
      throw new ControlPlaneException(
          Kind.UNKNOWN, "LAYER_UNREADABLE: layer.zip of " + bundleDigest + ": " + failure, failure);
    }
  }
}

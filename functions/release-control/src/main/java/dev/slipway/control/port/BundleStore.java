package dev.slipway.control.port;

import java.io.InputStream;
import java.util.Optional;

/** The registry's bundles. Every method throws {@link ControlPlaneException}. */
public interface BundleStore {
  /** {@return where a file of a bundle lies} */
  S3Place place(String model, String digest, String file);

  /** {@return a file's bytes; empty when it is not there} */
  Optional<byte[]> read(String model, String digest, String file);

  /** {@return a file as a stream that the caller closes; empty when it is not there} */
  Optional<InputStream> open(String model, String digest, String file);

  /** {@return whether our key signed exactly these bytes} */
  boolean isSigned(byte[] message, byte[] signature);
}

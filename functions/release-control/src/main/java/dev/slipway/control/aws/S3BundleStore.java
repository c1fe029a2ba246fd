package dev.slipway.control.aws;

import dev.slipway.control.port.BundleStore;
import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.S3Place;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.s3.S3Client;

/** Bundles in the registry bucket, signed by the KMS key. */
final class S3BundleStore implements BundleStore {
  private final S3Client s3;
  private final KmsClient kms;
  private final String bucket;
  private final String key;

  S3BundleStore(S3Client s3, KmsClient kms, String bucket, String key) {
    this.s3 = s3;
    this.kms = kms;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public S3Place place(String model, String digest, String file) {
    return new S3Place(bucket, "bundles/" + model + "/" + digest + "/" + file);
  }

  @Override
  public Optional<byte[]> read(String model, String digest, String file) {
    S3Place place = place(model, digest, file);
    return Calls.find(
        "read " + place,
        () ->
            s3.getObjectAsBytes(get -> get.bucket(place.bucket()).key(place.key())).asByteArray());
  }

  @Override
  public Optional<InputStream> open(String model, String digest, String file) {
    S3Place place = place(model, digest, file);
    return Calls.find(
        "read " + place, () -> s3.getObject(get -> get.bucket(place.bucket()).key(place.key())));
  }

  /** The digest is signed, because KMS takes messages of at most 4 KiB. */
  @Override
  public boolean isSigned(byte[] message, byte[] signature) {
    return Calls.call(
        "verify a signature with " + key,
        () -> {
          try {
            return kms.verify(verify ->
                    verify
                        .keyId(key)
                        .messageType(MessageType.DIGEST)
                        .message(SdkBytes.fromByteArray(sha256(message)))
                        .signature(SdkBytes.fromByteArray(signature))
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
                .signatureValid();
          } catch (KmsInvalidSignatureException wrong) {
            return false;
          }
        });
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException impossible) {
      throw new ControlPlaneException(Kind.INVALID, "every Java has SHA-256", impossible);
    }
  }
}

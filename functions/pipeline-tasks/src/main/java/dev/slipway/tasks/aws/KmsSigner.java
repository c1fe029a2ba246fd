package dev.slipway.tasks.aws;

import dev.slipway.tasks.propose.Signer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/** Signs with a key in KMS, which never leaves it. */
final class KmsSigner implements Signer {
  private final KmsClient kms;
  private final String key;

  KmsSigner(KmsClient kms, String key) {
    this.kms = kms;
    this.key = key;
  }

  @Override
  public byte[] sign(byte[] sha256) {
    return AwsCalls.call(
        "sign with " + key,
        () ->
            kms.sign(sign ->
                    sign.keyId(key)
                        .messageType(MessageType.DIGEST)
                        .message(SdkBytes.fromByteArray(sha256))
                        .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
                .signature()
                .asByteArray());
  }
}

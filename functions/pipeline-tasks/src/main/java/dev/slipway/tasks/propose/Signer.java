package dev.slipway.tasks.propose;

/** Signs with the key that no other part may use. */
public interface Signer {
  /**
   * {@return the signature: ECDSA on P-256, DER}
   *
   * @param sha256 the digest of what is signed
   */
  byte[] sign(byte[] sha256);
}

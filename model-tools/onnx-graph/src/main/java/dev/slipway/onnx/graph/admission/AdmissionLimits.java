package dev.slipway.onnx.graph.admission;

/**
 * What a model from outside may be at most. The defaults are far above what models of a serving
 * function need (ResNet-50: 100 MB, 300 nodes) and keep one check within 5 s.
 *
 * @param maxBytes size of the file in bytes
 * @param maxExpandedBytes estimate of what the messages (not the raw payloads) take on the heap
 * @param maxNodes nodes of all graphs together, calls of functions counted in full
 * @param maxDepth nesting of subgraphs; 1 is the main graph alone
 * @param maxRank dimensions of a tensor
 * @param maxStaticBytes size of one value whose size the file itself decides, such as the output of
 *     {@code ConstantOfShape} on a constant
 * @param maxTrips iterations of a Loop whose number the file decides
 * @param maxNameBytes length of a name
 */
public record AdmissionLimits(
    long maxBytes,
    long maxExpandedBytes,
    long maxNodes,
    int maxDepth,
    int maxRank,
    long maxStaticBytes,
    long maxTrips,
    int maxNameBytes) {

  /** Refuses limits below 1. */
  public AdmissionLimits {
    if (maxBytes < 1
        || maxExpandedBytes < 1
        || maxNodes < 1
        || maxDepth < 1
        || maxRank < 1
        || maxStaticBytes < 1
        || maxTrips < 1
        || maxNameBytes < 1) {
      throw new IllegalArgumentException("every admission limit is at least 1");
    }
  }

  /** {@return 200 MB, 64 MiB of messages, 100 000 nodes, depth 8, rank 8, 256 MiB, 10 000 trips} */
  public static AdmissionLimits defaults() {
    return new AdmissionLimits(200_000_000L, 64L << 20, 100_000L, 8, 8, 256L << 20, 10_000L, 2_000);
  }
}

package dev.slipway.onnx.graph.admission;

import static dev.slipway.onnx.graph.admission.Hostile.raw;
import static dev.slipway.onnx.graph.admission.Hostile.tensor;
import static dev.slipway.onnx.graph.admission.Hostile.with;

import com.google.protobuf.ByteString;
import dev.slipway.onnx.graph.admission.Refusal.Code;
import dev.slipway.onnx.proto.TensorProto;
import java.util.Arrays;

/** Models whose constants lie about their size, type or place. */
final class HostileTensors {
  private final HostileCorpus cases;

  private HostileTensors(HostileCorpus cases) {
    this.cases = cases;
  }

  static void addTo(HostileCorpus cases) {
    HostileTensors corpus = new HostileTensors(cases);
    corpus.tensors();
  }

  private void tensors() {
    cases.add("payload short", Code.ADMISSION_TENSOR, with(raw("t", 1, 7, 2).toBuilder()));
    cases.add("payload long", Code.ADMISSION_TENSOR, with(raw("t", 1, 4096, 2).toBuilder()));
    cases.add("payload none", Code.ADMISSION_TENSOR, with(tensor(1, 1L << 30)));
    cases.add("dims overflow", Code.ADMISSION_TENSOR, with(tensor(1, 1L << 32, 1L << 32)));
    cases.add(
        "dims overflow to a small number",
        Code.ADMISSION_TENSOR,
        with(raw("t", 1, 4, (1L << 62) + 1, 4).toBuilder()));
    cases.add("dims negative", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, -1).toBuilder()));
    cases.add(
        "dims negative twice", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, -1, -1).toBuilder()));
    cases.add("rank 1000", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, ones(1000)).toBuilder()));
    cases.add("type 0", Code.ADMISSION_TENSOR, with(raw("t", 0, 4, 1).toBuilder()));
    cases.add("type 77", Code.ADMISSION_TENSOR, with(raw("t", 77, 4, 1).toBuilder()));
    cases.add(
        "two payloads", Code.ADMISSION_TENSOR, with(raw("t", 1, 4, 1).toBuilder().addFloatData(1)));
    cases.add(
        "payload in another field", Code.ADMISSION_TENSOR, with(tensor(1, 1).addInt64Data(1)));
    cases.add("strings raw", Code.ADMISSION_TENSOR, with(raw("t", 8, 4, 1).toBuilder()));
    cases.add(
        "strings missing",
        Code.ADMISSION_TENSOR,
        with(tensor(8, 3).addStringData(ByteString.copyFromUtf8("a"))));
    cases.add("byte out of range", Code.ADMISSION_TENSOR, with(tensor(3, 1).addInt32Data(70_000)));
    cases.add(
        "segment",
        Code.ADMISSION_TENSOR,
        with(
            raw("t", 1, 4, 1).toBuilder()
                .setSegment(TensorProto.Segment.newBuilder().setBegin(0).setEnd(1))));
    cases.add("sparse index outside", Code.ADMISSION_TENSOR, Hostile.sparse(9, 5));
    cases.add("sparse index negative", Code.ADMISSION_TENSOR, Hostile.sparse(-1, 5));
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}

package dev.slipway.onnx.graph.admission;

import dev.slipway.onnx.graph.ElementType;
import dev.slipway.onnx.proto.SparseTensorProto;
import dev.slipway.onnx.proto.TensorProto;
import java.util.Optional;

/**
 * A tensor's type, shape and payload must fit together exactly, counted without overflow; which
 * field holds which type says {@code TensorProto} in onnx.proto.
 */
final class TensorRules {
  private final AdmissionLimits limits;
  private final Findings findings;

  TensorRules(AdmissionLimits limits, Findings findings) {
    this.limits = limits;
    this.findings = findings;
  }

  void check(TensorProto tensor) {
    String name = "tensor " + Findings.quote(tensor.getName());
    Optional<ElementType> type = ElementType.ofNumber(tensor.getDataType());
    if (type.isEmpty()) {
      bad("%s has the unknown element type %d", name, tensor.getDataType());
      return;
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      findings.add(
          Refusal.Code.ADMISSION_EXTERNAL_DATA,
          "%s lies in another file; save the model as one file",
          name);
      return;
    }
    if (tensor.hasSegment()) {
      bad("%s is a segment of a larger one, which nothing can join", name);
    }
    long count = count(tensor, name);
    if (count >= 0) {
      checkPayload(tensor, type.get(), count, name);
    }
  }

  /** {@return the number of elements, −1 if there is no sound one} */
  private long count(TensorProto tensor, String name) {
    if (tensor.getDimsCount() > limits.maxRank()) {
      bad("%s has %d dimensions, the limit is %d", name, tensor.getDimsCount(), limits.maxRank());
      return -1;
    }
    long count = product(tensor.getDimsList());
    if (count < 0) {
      bad("%s has the impossible shape %s", name, tensor.getDimsList());
    }
    return count;
  }

  /** {@return the product, −1 if a size is negative or the product does not fit 2^59} */
  static long product(Iterable<Long> sizes) {
    long count = 1;
    boolean zero = false;
    for (long size : sizes) {
      if (size < 0) {
        return -1;
      }
      zero |= size == 0;
      long high = Math.multiplyHigh(count, Math.max(size, 1));
      count *= Math.max(size, 1);
      if (high != 0 || count < 0 || count > 1L << 59) {
        return -1;
      }
    }
    return zero ? 0 : count;
  }

  private void checkPayload(TensorProto tensor, ElementType type, long count, String name) {
    int fields = 0;
    fields += tensor.getRawData().isEmpty() ? 0 : 1;
    fields += tensor.getFloatDataCount() > 0 ? 1 : 0;
    fields += tensor.getInt32DataCount() > 0 ? 1 : 0;
    fields += tensor.getInt64DataCount() > 0 ? 1 : 0;
    fields += tensor.getDoubleDataCount() > 0 ? 1 : 0;
    fields += tensor.getUint64DataCount() > 0 ? 1 : 0;
    fields += tensor.getStringDataCount() > 0 ? 1 : 0;
    if (fields > 1) {
      bad("%s stores its values in %d fields, expected one", name, fields);
      return;
    }
    if (tensor.getRawData().isEmpty()) {
      long expected = units(type, count);
      long found = stored(tensor, type);
      if (found != expected || (fields == 1 && found == 0)) {
        bad("%s needs %d stored values of %s, found %d", name, expected, type, found);
      } else {
        checkRanges(tensor, type, name);
      }
    } else if (type == ElementType.STRING) {
      bad("%s is of strings in raw data", name);
    } else if (tensor.getRawData().size() != type.bytesFor(count)) {
      bad(
          "%s needs %d bytes for shape %s, found %d",
          name, type.bytesFor(count), tensor.getDimsList(), tensor.getRawData().size());
    }
  }

  private static long units(ElementType type, long count) {
    return switch (type) {
      case COMPLEX64, COMPLEX128 -> 2 * count;
      case INT4, UINT4, FLOAT4E2M1, INT2, UINT2 -> type.bytesFor(count);
      default -> count;
    };
  }

  private static long stored(TensorProto tensor, ElementType type) {
    return switch (type) {
      case FLOAT, COMPLEX64 -> tensor.getFloatDataCount();
      case DOUBLE, COMPLEX128 -> tensor.getDoubleDataCount();
      case INT64 -> tensor.getInt64DataCount();
      case UINT32, UINT64 -> tensor.getUint64DataCount();
      case STRING -> tensor.getStringDataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  private void checkRanges(TensorProto tensor, ElementType type, String name) {
    long most = type.bits() >= Integer.SIZE ? Long.MAX_VALUE : (1L << Math.max(8, type.bits())) - 1;
    long least = type.bits() >= Integer.SIZE ? Long.MIN_VALUE : -(most + 1) / 2;
    for (int value : tensor.getInt32DataList()) {
      if (value > most || value < least) {
        bad("%s has the value %d, which is no %s", name, value, type);
        return;
      }
    }
  }

  /** A sparse tensor becomes a dense one at load: its full size counts. */
  void check(SparseTensorProto sparse) {
    String name = "sparse tensor " + Findings.quote(sparse.getValues().getName());
    check(sparse.getValues());
    check(sparse.getIndices());
    long dense = product(sparse.getDimsList());
    if (dense < 0 || sparse.getDimsCount() > limits.maxRank()) {
      bad("%s has the impossible shape %s", name, sparse.getDimsList());
      return;
    }
    if (dense > limits.maxStaticBytes() / Long.BYTES) {
      findings.add(Refusal.Code.ADMISSION_BOMB, "%s has %d elements when made dense", name, dense);
    }
    checkIndices(sparse, dense, name);
  }

  private void checkIndices(SparseTensorProto sparse, long dense, String name) {
    TensorProto indices = sparse.getIndices();
    long values = sparse.getValues().getDimsCount() == 1 ? sparse.getValues().getDims(0) : -1;
    int rank = sparse.getDimsCount();
    boolean flat = indices.getDimsCount() == 1 && indices.getDims(0) == values;
    boolean deep =
        indices.getDimsCount() == 2 && indices.getDims(0) == values && indices.getDims(1) == rank;
    if (indices.getDataType() != ElementType.INT64.number() || !(flat || deep)) {
      bad("%s has indices that do not fit its values", name);
      return;
    }
    if (!findings.isEmpty()) {
      return;
    }
    long[] found = dev.slipway.onnx.graph.TensorReader.longs(indices);
    for (int i = 0; i < found.length; i++) {
      long most = flat ? dense : sparse.getDims(i % rank);
      if (found[i] < 0 || found[i] >= most) {
        bad("%s has the index %d, outside of its shape", name, found[i]);
        return;
      }
    }
  }

  private void bad(String message, Object... arguments) {
    findings.add(Refusal.Code.ADMISSION_TENSOR, message, arguments);
  }
}

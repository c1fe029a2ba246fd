package dev.slipway.onnx.graph.admission;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.slipway.onnx.proto.GraphProto;
import dev.slipway.onnx.proto.ModelProto;
import dev.slipway.onnx.proto.NodeProto;
import dev.slipway.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.Serial;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks the wire format once, along the schema, building nothing: depth, number of messages and an
 * estimate of what they will take on the heap are known before the parser may allocate. Format:
 * Protocol Buffers documentation, "Encoding".
 */
final class WireScan {
  /** Heap of a generated message: header, has-bits and about ten fields of 8 bytes. */
  private static final long MESSAGE_BYTES = 100;

  /** Heap of a string or byte string besides its content. */
  private static final long STRING_BYTES = 56;

  /** Growing arrays double, so an element costs up to twice its size. */
  private static final long NUMBER_BYTES = 16;

  /** The parser keeps unknown fields; nothing reads them. */
  private static final long MOST_UNKNOWN_BYTES = 64 << 10;

  private final CodedInputStream input;
  private final byte[] bytes;
  private final AdmissionLimits limits;
  private final Findings findings;
  private final int mostNested;
  private long expanded;
  private long unknown;
  private long nodes;

  WireScan(byte[] bytes, AdmissionLimits limits, Findings findings) {
    this.bytes = bytes;
    this.limits = limits;
    this.findings = findings;
    this.mostNested = Admission.recursion(limits);
    this.input = CodedInputStream.newInstance(bytes);
    input.enableAliasing(true);
  }

  void run() {
    try {
      scan(ModelProto.getDescriptor(), 0, 0);
    } catch (IOException e) {
      findings.add(
          Refusal.Code.ADMISSION_UNREADABLE,
          "at byte %d of %d the file is no ONNX protobuf message: %s Upload it again.",
          input.getTotalBytesRead(),
          bytes.length,
          String.valueOf(e.getMessage()));
    } catch (Stop stop) {
      findings.add(stop.code, "%s", String.valueOf(stop.getMessage()));
    }
  }

  private void scan(Descriptor type, int nested, int graphs) throws IOException {
    enter(type, nested, graphs);
    Set<Integer> seen = new HashSet<>();
    while (true) {
      int tag = input.readTag();
      if (tag == 0) {
        return;
      }
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (field == null) {
        skipUnknown(tag);
      } else if (field.getNumber() == TensorProto.EXTERNAL_DATA_FIELD_NUMBER
          && type.equals(TensorProto.getDescriptor())) {
        throw new Stop(
            Refusal.Code.ADMISSION_EXTERNAL_DATA,
            "a tensor lies in another file; save the model as one file");
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        requireWireType(field, tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        if (!field.isRepeated() && !seen.add(field.getNumber())) {
          throw unreadable("field %s is there twice; the parts would be merged", field);
        }
        int inner = input.pushLimit(input.readRawVarint32());
        boolean graph = field.getMessageType().equals(GraphProto.getDescriptor());
        scan(field.getMessageType(), nested + 1, graphs + (graph ? 1 : 0));
        input.popLimit(inner);
      } else {
        value(field, tag);
      }
    }
  }

  private void enter(Descriptor type, int nested, int graphs) {
    if (nested > mostNested || graphs > limits.maxDepth()) {
      throw new Stop(
          Refusal.Code.ADMISSION_TOO_DEEP,
          "subgraphs or types are nested deeper than the limit of %d levels"
              .formatted(limits.maxDepth()));
    }
    if (type.equals(NodeProto.getDescriptor()) && ++nodes > limits.maxNodes()) {
      throw new Stop(
          Refusal.Code.ADMISSION_TOO_LARGE,
          "the model has more than the allowed %d nodes".formatted(limits.maxNodes()));
    }
    spend(MESSAGE_BYTES);
  }

  private void value(FieldDescriptor field, int tag) throws IOException {
    boolean text =
        field.getJavaType() == FieldDescriptor.JavaType.STRING
            || field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING;
    int wireType = WireFormat.getTagWireType(tag);
    if (text) {
      requireWireType(field, tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      int length = input.readRawVarint32();
      int start = input.getTotalBytesRead();
      input.skipRawBytes(length);
      checkText(field, start, length);
      boolean copied = field.getJavaType() == FieldDescriptor.JavaType.STRING;
      spend(STRING_BYTES + (copied ? 2L * length : 0));
    } else if (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED && field.isPackable()) {
      packed(field);
    } else {
      requireWireType(field, tag, field.getLiteType().getWireType());
      if (!input.skipField(tag)) {
        throw unreadable("field %s ends a group that was not opened", field);
      }
      spend(field.isRepeated() ? NUMBER_BYTES : 0);
    }
  }

  /**
   * Names go into messages and logs: short, no control characters. Texts for people may be long.
   */
  private void checkText(FieldDescriptor field, int start, int length) {
    boolean name =
        field.getJavaType() == FieldDescriptor.JavaType.STRING
            && !field.getName().equals("doc_string")
            && !field.getName().equals("value");
    if (!name) {
      return;
    }
    if (length > limits.maxNameBytes()) {
      throw new Stop(
          Refusal.Code.ADMISSION_TOO_LARGE,
          "a %s has %d bytes, the limit is %d"
              .formatted(field.getFullName(), length, limits.maxNameBytes()));
    }
    for (int i = start; i < start + length; i++) {
      if (bytes[i] >= 0 && bytes[i] < ' ') {
        throw unreadable("a %s holds a control character", field);
      }
    }
  }

  private void packed(FieldDescriptor field) throws IOException {
    int length = input.readRawVarint32();
    int start = input.getTotalBytesRead();
    input.skipRawBytes(length);
    switch (field.getLiteType().getWireType()) {
      case WireFormat.WIRETYPE_VARINT -> {
        long count = 0;
        for (int i = start; i < start + length; i++) {
          count += bytes[i] >= 0 ? 1 : 0;
        }
        spend(count * Long.BYTES);
      }
      default -> spend(length);
    }
  }

  private void skipUnknown(int tag) throws IOException {
    int start = input.getTotalBytesRead();
    int wireType = WireFormat.getTagWireType(tag);
    if (wireType == WireFormat.WIRETYPE_START_GROUP || !input.skipField(tag)) {
      throw new Stop(Refusal.Code.ADMISSION_UNREADABLE, "the file uses groups, ONNX has none");
    }
    unknown += STRING_BYTES + input.getTotalBytesRead() - start;
    if (unknown > MOST_UNKNOWN_BYTES) {
      throw new Stop(
          Refusal.Code.ADMISSION_UNREADABLE,
          "fields that the schema does not know take more than %d bytes"
              .formatted(MOST_UNKNOWN_BYTES));
    }
  }

  private void spend(long heapBytes) {
    expanded += heapBytes;
    if (expanded > limits.maxExpandedBytes()) {
      throw new Stop(
          Refusal.Code.ADMISSION_BOMB,
          "read into memory, the messages would take more than %d bytes; store numbers as raw data"
              .formatted(limits.maxExpandedBytes()));
    }
  }

  private static void requireWireType(FieldDescriptor field, int tag, int expected) {
    if (WireFormat.getTagWireType(tag) != expected) {
      throw unreadable("field %s is not written as the schema says", field);
    }
  }

  private static Stop unreadable(String message, FieldDescriptor field) {
    return new Stop(Refusal.Code.ADMISSION_UNREADABLE, message.formatted(field.getFullName()));
  }

  /** Ends the scan; never leaves this class. */
  private static final class Stop extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final Refusal.Code code;

    Stop(Refusal.Code code, String message) {
      super(message, null, false, false);
      this.code = code;
    }
  }
}

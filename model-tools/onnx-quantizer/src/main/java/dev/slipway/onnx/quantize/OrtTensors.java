package dev.slipway.onnx.quantize;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.slipway.onnx.graph.SharedRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Gives calibration tensors to ONNX Runtime; whoever asks closes them. */
final class OrtTensors {
  private OrtTensors() {}

  static OnnxTensor of(CalibrationTensor value) throws OrtException {
    OrtEnvironment environment = SharedRuntime.environment();
    long[] shape = value.shape().stream().mapToLong(Long::longValue).toArray();
    return switch (value) {
      case CalibrationTensor.Floats floats ->
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats.values()), shape);
      case CalibrationTensor.Longs longs ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap(longs.values()), shape);
      case CalibrationTensor.Texts texts ->
          OnnxTensor.createTensor(environment, texts.values().toArray(String[]::new), shape);
      case CalibrationTensor.Stored stored ->
          OnnxTensor.createTensor(
              environment,
              direct(stored.littleEndian()),
              shape,
              OnnxJavaType.valueOf(stored.type().name()));
    };
  }

  /** ONNX Runtime takes other types than floats and longs from buffers outside the heap only. */
  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN).put(bytes).flip();
  }
}

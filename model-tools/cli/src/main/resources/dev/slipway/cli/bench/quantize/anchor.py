"""Quantizes a model with onnxruntime.quantization: anchor.py MODEL CALIBRATION.npz FOLDER.

Prints one line per recipe: name, file, seconds; or name, "failed", reason.
"""
import sys
import time

import numpy
from onnxruntime.quantization import (
    CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_dynamic, quantize_static)
from onnxruntime.quantization.shape_inference import quant_pre_process

model, calibration, folder = sys.argv[1:4]


class Samples(CalibrationDataReader):
    def __init__(self):
        arrays = dict(numpy.load(calibration))
        count = len(next(iter(arrays.values())))
        self.rows = iter([{name: array[i:i + 1] for name, array in arrays.items()} for i in range(count)])

    def get_next(self):
        return next(self.rows, None)


def run(name, action):
    file = f"{folder}/{name}.onnx"
    start = time.perf_counter()
    try:
        action(file)
        print(f"{name}\t{file}\t{time.perf_counter() - start:.3f}", flush=True)
    except Exception as failure:
        print(f"{name}\tfailed\t{str(failure).splitlines()[0] if str(failure) else type(failure).__name__}", flush=True)


prepared = f"{folder}/prepared.onnx"
try:
    quant_pre_process(model, prepared)
except Exception:
    prepared = model


def static(weights, reduced, channels, method):
    return lambda file: quantize_static(
        prepared, file, Samples(), quant_format=QuantFormat.QDQ, activation_type=QuantType.QUInt8,
        weight_type=weights, reduce_range=reduced, per_channel=channels, calibrate_method=method)


def dynamic(weights, reduced, channels):
    return lambda file: quantize_dynamic(prepared, file, weight_type=weights, reduce_range=reduced, per_channel=channels)


run("static-s8-7bit", static(QuantType.QInt8, True, True, CalibrationMethod.MinMax))
run("static-u8", static(QuantType.QUInt8, False, True, CalibrationMethod.MinMax))
run("dynamic-s8-7bit", dynamic(QuantType.QInt8, True, True))
run("dynamic-u8", dynamic(QuantType.QUInt8, False, False))

"""Writes the small ONNX models that the tests of serving run.

    python3 -m venv /tmp/onnx && /tmp/onnx/bin/pip install onnx==1.22.0
    /tmp/onnx/bin/python make_models.py ../resources/dev/slipway/runtime/testing

flowers.onnx   good: 3 numbers and a colour in, label and probabilities out; NaN means missing
nan.onnx       same signature, probabilities are NaN
unfair.onnx    same signature, probabilities sum to 0.5
foreign.onnx   same signature, labels that the signature does not know
picky.onnx     same signature, fails while it runs when height is above 1000
house.onnx     regression: 2 numbers in, one price out
"""

import sys
from pathlib import Path

from onnx import TensorProto, checker, helper, numpy_helper
import numpy as np

OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
# U+1F338. ONNX Runtime for Java hands strings over in Java's modified UTF-8, which differs from
# UTF-8 beyond U+FFFF: a graph made for it holds such strings in that form.
BLOSSOM = b"\xed\xa0\xbc\xed\xbc\xb8"
WEIGHTS = np.array([[1.0, -1.0], [0.5, -0.5], [-0.25, 0.25], [2.0, -2.0]], np.float32)


def constant(name, value):
    return numpy_helper.from_array(np.array(value), name)


def classifier(scale, labels=("iris", "rose"), height_limit=None):
    nodes = [
        helper.make_node("IsNaN", ["features"], ["absent"]),
        helper.make_node("Where", ["absent", "fill", "features"], ["filled"]),
        helper.make_node(
            "LabelEncoder", ["colour"], ["code"], domain="ai.onnx.ml",
            keys_strings=["blue", "red", "weiß", BLOSSOM], values_floats=[1.0, -1.0, 0.5, -3.0],
            default_float=0.0),
        helper.make_node("Unsqueeze", ["code", "last"], ["codes"]),
        helper.make_node("Concat", ["filled", "codes"], ["row"], axis=1),
        helper.make_node("MatMul", ["row", "weights"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["share"], axis=1),
        helper.make_node("Mul", ["share", "scale"], ["probabilities"]),
        helper.make_node("ArgMax", ["scores"], ["best"], axis=1, keepdims=0),
        helper.make_node(
            "LabelEncoder", ["best"], ["label"], domain="ai.onnx.ml",
            keys_int64s=[0, 1], values_strings=list(labels)),
    ]
    values = [
        constant("fill", np.array([[5.0, 1.0, 2.0]], np.float32)),
        constant("last", np.array([1], np.int64)),
        constant("weights", WEIGHTS),
        constant("scale", np.float32(scale)),
    ]
    if height_limit is not None:
        # Gather of row 0 or row 1 of a table with one row: the second fails at run time.
        nodes += [
            helper.make_node("ReduceMax", ["filled"], ["tallest"], keepdims=0),
            helper.make_node("Greater", ["tallest", "limit"], ["over"]),
            helper.make_node("Cast", ["over"], ["index"], to=TensorProto.INT64),
            helper.make_node("Gather", ["table", "index"], ["factor"], axis=0),
        ]
        nodes[7] = helper.make_node("Identity", ["share"], ["before"])
        nodes.append(helper.make_node("Mul", ["before", "factor"], ["probabilities"]))
        values = [v for v in values if v.name != "scale"] + [
            constant("limit", np.float32(height_limit)),
            constant("table", np.array([1.0], np.float32)),
        ]
    return model(
        nodes,
        [
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", 3]),
            helper.make_tensor_value_info("colour", TensorProto.STRING, ["N"]),
        ],
        [
            helper.make_tensor_value_info("label", TensorProto.STRING, ["N"]),
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", 2]),
        ],
        values,
    )


def regressor():
    return model(
        [
            helper.make_node("MatMul", ["features", "weights"], ["sum"]),
            helper.make_node("Add", ["sum", "base"], ["prediction"]),
        ],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", 2])],
        [helper.make_tensor_value_info("prediction", TensorProto.FLOAT, ["N", 1])],
        [
            constant("weights", np.array([[2.0], [-0.5]], np.float32)),
            constant("base", np.array([10.0], np.float32)),
        ],
    )


def model(nodes, inputs, outputs, values):
    graph = helper.make_graph(nodes, "test", inputs, outputs, values)
    proto = helper.make_model(graph, opset_imports=OPSETS, producer_name="slipway-tests")
    proto.ir_version = 10
    checker.check_model(proto, full_check=True)
    return proto


def main(folder):
    models = {
        "flowers": classifier(1.0),
        "nan": classifier(np.nan),
        "unfair": classifier(0.5),
        "foreign": classifier(1.0, labels=("iris", "weed")),
        "picky": classifier(1.0, height_limit=1000.0),
        "house": regressor(),
    }
    for name, proto in models.items():
        Path(folder, name + ".onnx").write_bytes(proto.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(sys.argv[1])

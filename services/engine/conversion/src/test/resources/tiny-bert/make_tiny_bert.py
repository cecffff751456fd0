"""Makes model.onnx, tokenizer.json and expected.json beside it (needs onnx and numpy; the tests only read the files).

The graph has the names, constants and weights of a BertModel that PyTorch exported, in miniature: vocabulary 7, 5 positions,
hidden 6, 2 heads, intermediate 8, 2 layers. It is not meant to be run.
"""
import json
import os

import numpy as np
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
VOCABULARY, POSITIONS, HIDDEN, HEADS, INNER, LAYERS = 7, 5, 6, 2, 8, 2

rng = np.random.default_rng(1)
initializers, nodes, expected = [], [], {}


def values(*shape):
    return np.round(rng.standard_normal(shape), 3).astype(np.float32)


def named(name, *shape):
    array = values(*shape)
    initializers.append(numpy_helper.from_array(array, name))
    expected[name] = array.tolist()


def linear(module, out, inner):
    array = values(out, inner)
    expected[module + ".weight"] = array.tolist()
    name = f"onnx::MatMul_{len(nodes) + 100}"
    initializers.append(numpy_helper.from_array(np.ascontiguousarray(array.T), name))
    path = "/" + module.replace(".", "/").replace("layer/", "layer.")
    nodes.append(helper.make_node("MatMul", ["x", name], [path + "/MatMul_output_0"], name=path + "/MatMul"))
    named(module + ".bias", out)


def norm(module):
    named(module + ".weight", HIDDEN)
    named(module + ".bias", HIDDEN)


def constant(path, array):
    tensor = numpy_helper.from_array(array)
    nodes.append(helper.make_node("Constant", [], [path + "_output_0"], name=path, value=tensor))
    return path + "_output_0"


initializers.append(numpy_helper.from_array(np.arange(POSITIONS, dtype=np.int64)[None], "embeddings.position_ids"))
named("embeddings.word_embeddings.weight", VOCABULARY, HIDDEN)
named("embeddings.position_embeddings.weight", POSITIONS, HIDDEN)
named("embeddings.token_type_embeddings.weight", 2, HIDDEN)
norm("embeddings.LayerNorm")
epsilon = constant("/embeddings/LayerNorm/Constant_1", np.array(1e-12, dtype=np.float32))
nodes.append(helper.make_node("Add", ["x", epsilon], ["e"], name="/embeddings/LayerNorm/Add"))
for layer in range(LAYERS):
    prefix = f"encoder.layer.{layer}."
    for part in ("query", "key", "value"):
        linear(prefix + "attention.self." + part, HIDDEN, HIDDEN)
    attention = f"/encoder/layer.{layer}/attention/self/"
    heads = constant(attention + "Constant_2", np.array([HEADS], dtype=np.int64))
    size = constant(attention + "Constant_3", np.array([HIDDEN // HEADS], dtype=np.int64))
    nodes.append(helper.make_node("Concat", ["b", "l", heads, size], ["c"], name=attention + "Concat", axis=0))
    linear(prefix + "attention.output.dense", HIDDEN, HIDDEN)
    norm(prefix + "attention.output.LayerNorm")
    linear(prefix + "intermediate.dense", INNER, HIDDEN)
    nodes.append(helper.make_node("Erf", ["x"], ["g"], name=f"/encoder/layer.{layer}/intermediate/Erf"))
    linear(prefix + "output.dense", HIDDEN, INNER)
    norm(prefix + "output.LayerNorm")

graph = helper.make_graph(
    nodes,
    "main_graph",
    [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
    [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", HIDDEN])],
    initializers,
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], producer_name="pytorch")
with open(os.path.join(HERE, "model.onnx"), "wb") as out:
    out.write(model.SerializeToString())
with open(os.path.join(HERE, "expected.json"), "w") as out:
    json.dump(expected, out, sort_keys=True)
    out.write("\n")
with open(os.path.join(HERE, "tokenizer.json"), "w") as out:
    special = [{"id": i, "content": t, "special": True} for i, t in enumerate(["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"])]
    json.dump(
        {"version": "1.0", "added_tokens": special,
         "normalizer": {"type": "BertNormalizer", "lowercase": True, "strip_accents": None, "handle_chinese_chars": True}},
        out)
    out.write("\n")

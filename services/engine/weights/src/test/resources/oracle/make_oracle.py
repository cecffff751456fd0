"""Makes the files beside it: small models and what numpy says their graft is, bit for bit.

    python3 make_oracle.py        (needs numpy; the tests only read the files)

Everything is computed in float64 as target + lambda * (tuned - base) and rounded once.
"""
import json
import os
import struct

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ORDER = ["F16", "BF16", "F32", "F64"]  # the reference library sorts by descending dtype, then by name


def to_bf16(x):
    """float64 -> bfloat16 bits, one rounding, half to even, by exact scaling with powers of two."""
    exponent = np.frexp(x)[1]  # x = m * 2**exponent, 0.5 <= |m| < 1
    quantum = np.ldexp(1.0, np.maximum(exponent - 8, -133))  # 8 significant bits, 2**-133 below the normal range
    rounded = np.rint(x / quantum) * quantum  # exact division, then half to even
    return (rounded.astype(np.float32).view(np.uint32) >> 16).astype(np.uint16)


def narrow(x, dtype):
    """float64 -> (bytes, the float64 values those bytes mean)."""
    if dtype == "BF16":
        bits = to_bf16(x)
        return bits.tobytes(), (bits.astype(np.uint32) << 16).view(np.float32).astype(np.float64)
    kind = {"F16": np.float16, "F32": np.float32, "F64": np.float64}[dtype]
    y = x.astype(kind)
    return y.tobytes(), y.astype(np.float64)


def save(path, tensors, metadata=None):
    """tensors: name -> (dtype, shape, bytes)"""
    header = {"__metadata__": metadata or {"format": "pt"}}
    data = b""
    for name in sorted(tensors, key=lambda n: (-ORDER.index(tensors[n][0]), n)):
        dtype, shape, raw = tensors[name]
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


def save_sharded(folder, shards):
    weight_map, total = {}, 0
    for number, tensors in enumerate(shards, 1):
        name = f"model-{number:05d}-of-{len(shards):05d}.safetensors"
        save(os.path.join(folder, name), tensors)
        for tensor, (_, _, raw) in tensors.items():
            weight_map[tensor] = name
            total += len(raw)
    index = {"metadata": {"total_size": total}, "weight_map": weight_map}
    with open(os.path.join(folder, "model.safetensors.index.json"), "w") as out:
        out.write(json.dumps(index, indent=2, sort_keys=True) + "\n")


SHAPES = {"a.weight": (37, 29), "b.bias": (13,), "c.scale": (), "d.empty": (0, 4), "e.weight": (2, 3, 4)}


def values(rng, shape, spread):
    """Magnitudes over many binades, some exact zeros."""
    x = rng.standard_normal(shape) * np.exp2(rng.integers(-spread, 2, shape))
    return np.where(rng.random(shape) < 0.05, 0.0, x)


def case(name, dtypes, out_dtype, lam, seed, sharded=False, spread=12):
    rng = np.random.default_rng(seed)
    models = {"base": {}, "tuned": {}, "target": {}}
    expected = {}
    for tensor, shape in SHAPES.items():
        base = values(rng, shape, spread)
        tuned = base + values(rng, shape, spread) * 0.25
        target = base + values(rng, shape, spread) * 0.25
        wide = {}
        for model, x in (("base", base), ("tuned", tuned), ("target", target)):
            raw, wide[model] = narrow(np.asarray(x), dtypes[model])
            models[model][tensor] = (dtypes[model], shape, raw)
        result = wide["target"] + lam * (wide["tuned"] - wide["base"])
        expected[tensor] = (out_dtype, shape, narrow(np.asarray(result), out_dtype)[0])
    folder = os.path.join(HERE, name)
    for model, tensors in list(models.items()) + [("expected", expected)]:
        if sharded:
            names = sorted(tensors)
            save_sharded(os.path.join(folder, model), [{n: tensors[n] for n in names[:1]}, {n: tensors[n] for n in names[1:]}])
        else:
            save(os.path.join(folder, model, "model.safetensors"), tensors)
    with open(os.path.join(folder, "case.json"), "w") as out:
        json.dump({"lambda": lam, "out_dtype": out_dtype}, out)
        out.write("\n")


def same(dtype):
    return {"base": dtype, "tuned": dtype, "target": dtype}


case("bf16", same("BF16"), "BF16", 1.0, 1)
case("bf16-half", same("BF16"), "BF16", 0.5, 2, sharded=True)
case("bf16-subnormal", same("BF16"), "BF16", 0.7, 3, spread=136)
case("f16", same("F16"), "F16", 1.0, 4)
case("f32", same("F32"), "F32", -1.3, 5)
case("f64", same("F64"), "F64", 1.0, 6)
case("mixed", {"base": "F32", "tuned": "BF16", "target": "F16"}, "F16", 1.0, 7)
case("widened", same("BF16"), "F32", 1.0, 8)

"""Writes networks as PyTorch, safetensors, NumPy, pandas and ONNX's exporters write them, and expected.json, which says of each file
what a reader makes of it: tensors with the SHA-256 of their float32 numbers, or an architecture with outputs, or what is refused.

    python3 files.py FOLDER SEED
"""
import copy
import hashlib
import io
import json
import logging
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout

import numpy as np
import pandas
import safetensors.torch
import torch
from torch import nn

FOLDER, SEED = sys.argv[1], int(sys.argv[2])
EXPECTED = {}


def stored(name, tensors, **more):
    """Tensors as PyTorch itself rounds them to float32."""
    numbers = {key: value.detach().float().contiguous().numpy() for key, value in tensors.items()}
    EXPECTED[name] = {
        "tensors": {
            key: {"shape": list(value.shape), "sha256": hashlib.sha256(value.astype("<f4").tobytes()).hexdigest()}
            for key, value in numbers.items()
        },
        **more,
    }
    return FOLDER + "/" + name


def refused(name, reason):
    EXPECTED[name] = {"refused": reason}
    return FOLDER + "/" + name


def perceptron(dtype=torch.float32):
    return nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2)).to(dtype)


def state_dicts():
    named = nn.ModuleDict({"features": nn.Linear(3, 3), "classifier": nn.Linear(3, 3)}).state_dict()
    torch.save(named, stored("named.pth", named, order=list(named)))
    module = perceptron()
    optimizer = torch.optim.Adam(module.parameters())
    module(torch.randn(5, 4)).sum().backward()
    optimizer.step()
    state = module.state_dict()
    torch.save(state, stored("zip.pth", state))
    torch.save(state, stored("before_zip.pth", state), _use_new_zipfile_serialization=False)
    torch.save(state, stored("protocol5.pth", state), pickle_protocol=5)
    torch.save(dict(module.named_parameters()), stored("parameters.pth", dict(module.named_parameters())))
    parallel = nn.DataParallel(module).state_dict()
    torch.save(parallel, stored("data_parallel.pth", parallel))
    torch.save(
        {"model": state, "optimizer": optimizer.state_dict(), "epoch": 3, "loss": 0.5, "name": "a", "seen": [1, 2]},
        stored("checkpoint.pth", {"model." + key: value for key, value in state.items()}, numbers={"epoch": 3, "loss": 0.5}),
    )
    for dtype in (torch.float16, torch.bfloat16, torch.float64):
        name = str(dtype).split(".")[1]
        other = perceptron(dtype).state_dict()
        torch.save(other, stored(name + ".pth", other))
        safetensors.torch.save_file(other, stored(name + ".safetensors", other))
    convolution = nn.Sequential(nn.Conv2d(2, 4, 3), nn.Tanh(), nn.Flatten(), nn.Linear(16, 2))
    torch.save(convolution.state_dict(), stored("convolution.pth", convolution.state_dict()))
    last = copy.deepcopy(convolution).to(memory_format=torch.channels_last).state_dict()
    torch.save(last, stored("channels_last.pth", last))
    large = torch.randn(20, 20)
    views = {"0.weight": large.t()[2:5, 3:7], "0.bias": large[0, ::7], "2.weight": large[::2][:2, 1:4], "2.bias": large.view(-1)[5:7]}
    torch.save(views, stored("views.pth", views))
    shared = {"0.weight": large[:3, :3], "0.bias": large[0, :3], "2.weight": large[:3, :3], "2.bias": large[0, :1].expand(3)}
    torch.save(shared, stored("shared.pth", shared))
    beside = {**state, "scale": torch.tensor(2.5)}
    torch.save({**beside, "label": torch.tensor(3)}, stored("single.pth", beside, numbers={"label": 3}))
    special = {"0.weight": torch.tensor([[float("nan"), float("inf"), -0.0, 1e-42]]), "0.bias": torch.tensor([-3.0])}
    torch.save(special, stored("special.pth", special))

    torch.save(module, refused("module.pth", "the name 'torch.nn.modules.container.Sequential'"))
    torch.jit.save(torch.jit.script(nn.Linear(2, 1)), refused("script.pth", "the name '__torch__"))
    negative = {"0.weight": torch.randn(3, 4, dtype=torch.cfloat).conj().imag, "0.bias": torch.zeros(3)}
    torch.save(negative, refused("negative.pth", "one to be negated"))
    for dtype in (torch.cfloat, torch.uint16, torch.float8_e4m3fn):
        name = str(dtype).split(".")[1]
        torch.save({"0.weight": torch.ones(3, 4).to(dtype)}, refused(name + ".pth", "the name 'torch."))
    torch.save({"0.weight": torch.eye(3).to_sparse()}, refused("sparse.pth", "the name 'torch._utils._rebuild_sparse_tensor'"))
    torch.save({"0.weight": np.zeros((3, 4))}, refused("of_numpy.pth", "the name 'numpy."))
    torch.save(list(state.values()), refused("list.pth", "another value"))


def inrs():
    """The published layouts: names seq.0.weight and so on, a label beside them or in the path."""
    for outputs in (1, 3):
        module = nn.Sequential(nn.Linear(2, 32), nn.Linear(32, 32), nn.Linear(32, outputs))
        state = {"seq." + key: value for key, value in module.state_dict().items()}
        torch.save(state, stored(f"inr{outputs}.pth", state))
        torch.save({**state, "label": 7}, stored(f"inr{outputs}_label.pth", state, numbers={"label": 7}))


def tables():
    state = perceptron().state_dict()
    arrays = {key: value.numpy() for key, value in state.items()}
    safetensors.torch.save_file(state, stored("metadata.safetensors", state), metadata={"format": "pt", "note": 'ä\n"x"'})
    module = perceptron()
    safetensors.torch.save_model(module, stored("model.safetensors", module.state_dict()))
    counted = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3)).state_dict()
    safetensors.torch.save_file(counted, refused("counted.safetensors", "dtype F32, F64, F16 or BF16"))
    np.savez(stored("plain.npz", state), **arrays)
    np.savez_compressed(stored("compressed.npz", state), **arrays)
    np.savez(stored("fortran.npz", state), **{key: np.asfortranarray(value) for key, value in arrays.items()})
    np.savez(stored("big_endian.npz", state), **{key: value.astype(">f4") for key, value in arrays.items()})
    wide = perceptron(torch.float64).state_dict()
    np.savez(stored("float64.npz", wide), **{key: value.numpy() for key, value in wide.items()})
    half = perceptron(torch.float16).state_dict()
    np.savez(stored("float16.npz", half), **{key: value.numpy() for key, value in half.items()})
    np.savez(stored("label.npz", state, numbers={"label": 3}), label=np.array(3), **arrays)
    np.savez(refused("objects.npz", "'|O'"), a=np.array([arrays, None], dtype=object))
    np.savez(refused("words.npz", "'<U1'"), a=np.array("a"))
    rows = [(key, i, value) for key, array in arrays.items() for i, value in enumerate(array.ravel())]
    table = pandas.DataFrame(rows, columns=["tensor", "index", "value"])
    flat = {key: value.flatten() for key, value in state.items()}
    table.to_csv(stored("pandas.csv", flat), index=False)
    table.to_csv(stored("pandas_index.csv", flat))
    table.to_csv(stored("quoted.csv", flat), index=False, quoting=1, lineterminator="\r\n", encoding="utf-8-sig")
    table.assign(value=[float("nan")] + list(table.value[1:])).to_csv(refused("hole.csv", "an empty cell"), index=False)
    table.to_csv(refused("semicolon.csv", "expected a column tensor"), index=False, sep=";")


class Sine(nn.Module):
    def forward(self, x):
        return torch.sin(30 * x)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((-2, -1))


class Rows(nn.Module):
    def forward(self, x):
        return x.view(x.shape[0], -1)


def onnx():
    exported("mlp", "relu:6:dense5:dense4:dense3", (6,), nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3))
    exported("unbiased", "tanh:6:dense5:dense3", (6,), nn.Linear(6, 5, bias=False), nn.Tanh(), nn.Linear(5, 3, bias=False))
    exported("flat", "tanh:1x4x4:dense5:dense3", (1, 4, 4), nn.Flatten(), nn.Linear(16, 5), nn.Tanh(), nn.Linear(5, 3))
    exported("sine", "sine30:2:dense5:dense1", (2,), nn.Linear(2, 5), Sine(), nn.Linear(5, 1))
    equal = nn.Sequential(nn.Linear(6, 3), nn.Tanh(), nn.Linear(3, 3))
    nn.init.zeros_(equal[0].bias)
    nn.init.zeros_(equal[2].bias)
    exported("equal", "tanh:6:dense3:dense3", (6,), *equal)
    image = (2, 9, 9)
    first = nn.Conv2d(2, 4, 3, 2)
    pooled = (nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 3))
    exported("cnn", "relu:2x9x9:conv4k3s2p0:conv3k3s1p1:gap:dense3", image, first, nn.ReLU(), nn.Conv2d(4, 3, 3, padding=1), nn.ReLU(), *pooled)
    exported("mean", "tanh:2x9x9:conv4k3s2p0:gap:dense3", image, first, nn.Tanh(), Mean(), nn.Linear(4, 3))
    exported("flattened", "tanh:2x9x9:conv4k3s2p0:dense3", image, first, nn.Tanh(), Rows(), nn.Linear(64, 3))
    normalised = (nn.Conv2d(2, 4, 3, 2), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(64, 3))
    exported("folded", "relu:2x9x9:conv4k3s2p0:dense3", image, *normalised, versions=["torchscript"])
    for version in ("torchscript", "dynamo"):
        refusal(version, "normalised", "operation 'BatchNormalization'", image, first, nn.ReLU(), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(64, 3))
        refusal(version, "pooled", "operation 'MaxPool'", image, first, nn.ReLU(), nn.MaxPool2d(4), nn.Flatten(), nn.Linear(4, 3))
        refusal(version, "grouped", "operation 'Conv'", image, nn.Conv2d(2, 4, 3, groups=2), nn.ReLU(), nn.Flatten(), nn.Linear(196, 3))
        refusal(version, "softmax", "operation 'Softmax'", (6,), nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 3), nn.Softmax(-1))
    for dtype in (torch.float64, torch.float16):
        layers = (nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))
        exported(str(dtype).split(".")[1], "tanh:6:dense5:dense3", (6,), *layers, dtype=dtype, versions=["dynamo"])


def exported(name, architecture, shape, *layers, dtype=torch.float32, versions=("torchscript", "dynamo")):
    module = nn.Sequential(*layers).to(dtype).eval()
    inputs = torch.randn(1, *shape, dtype=torch.float32).to(dtype)
    for version in versions:
        file = f"{name}_{version}.onnx"
        export(module, inputs, file, version)
        module = module.float()
        EXPECTED[file] = {
            "architecture": architecture,
            "input": inputs.float().flatten().tolist(),
            "output": module(inputs.float()).flatten().tolist(),
        }


def refusal(version, name, reason, shape, *layers):
    export(nn.Sequential(*layers).eval(), torch.randn(1, *shape), refused(f"{name}_{version}.onnx", reason).split("/")[-1], version)


def export(module, inputs, file, version):
    more = {"external_data": False} if version == "dynamo" else {}
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        torch.onnx.export(module, (inputs,), FOLDER + "/" + file, dynamo=version == "dynamo", **more)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    torch.manual_seed(SEED)
    state_dicts()
    inrs()
    tables()
    onnx()
    with open(FOLDER + "/expected.json", "w") as out:
        out.write("{" + ",\n".join(f"{json.dumps(name)}: {json.dumps(EXPECTED[name])}" for name in sorted(EXPECTED)) + "}\n")

#!/usr/bin/env python3
"""What plain PyTorch makes of `gradzoo gpu bench` and `gradzoo bench`: the metanetworks of the presets scalegmn-cifar10-relu and
scalegmn-cifar10-tanh-bidir, and the GradMetaNets of `bench gradmetanet`, trained on random networks and gradient sets.

Prints a line of JSON for each batch size. --check compares outputs and gradients with golden values and times nothing;
--train prints what `TorchTrainingTest` compares the engine's training with.

    python3 deploy/bench/twin.py --check
    python3 deploy/bench/twin.py --train 20 > spark-jobs/src/test/resources/io/gradzoo/jobs/golden/torch-training.json
    python3 deploy/bench/twin.py --model tanh_bidir --batches 64,256,1024,4096 [--threads 1] [--strict] [--compile]
"""

import argparse
import json
import os
import time

import torch

import gradmetanet
import scalegmn
from gradmetanet import GradMetaNet
from scalegmn import ScaleGmn

ZOO_CNN = (1, 16, 16, 16, 10)
SIREN = (1, 32, 32, 1)
MODELS = {
    "relu": ("ScaleGMN, cifar10/relu", ScaleGmn(ZOO_CNN, 9, 128, 4)),
    "tanh_bidir": ("ScaleGMN, cifar10/tanh_bidir", ScaleGmn(ZOO_CNN, 9, 128, 4, sign=True, dropout=0.2)),
    "gradmetanet": ("GradMetaNet", GradMetaNet(SIREN, 128, 64, 3)),
    "gradmetanet_plus_plus": ("GradMetaNet++", GradMetaNet(SIREN, 128, 16, 2, heads=4)),
}
CASES = ("cnn_relu_fw_last", "cnn_tanh_bidir_full")
GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
SCALEGMN = os.path.join(GOLDEN, "spark-jobs/src/main/resources/io/gradzoo/jobs/golden")
GRADMETANET = os.path.join(GOLDEN, "engine/src/main/resources/io/gradzoo/engine/golden")


def check():
    """In double precision; the golden values have other programs' rounding, of sums of up to 10⁹ for GradMetaNets."""
    found = {name: scalegmn.distances(os.path.join(SCALEGMN, name + ".npz")) for name in CASES}
    found["GradMetaNet and GradMetaNet++"] = gradmetanet.distances(GRADMETANET)
    passed = all(max(distances) < 1e-9 for distances in found.values())
    for name, (outputs, gradients) in found.items():
        print(json.dumps({"check": name, "outputs": outputs, "gradients": gradients}))
    return 0 if passed else 5


def train(steps):
    print(json.dumps({name: scalegmn.trained(os.path.join(SCALEGMN, name + ".npz"), steps) for name in CASES}, indent=1))
    return 0


def bench(options):
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.set_float32_matmul_precision("highest" if options.strict else "high")
    subject, model = MODELS[options.model]
    p = model.initial(device)
    optimizer = torch.optim.AdamW(p.values(), lr=0.001, weight_decay=0.01, fused=True)
    run = torch.compile(model.predict) if options.compile else model.predict

    def step(batch):
        examples, targets = batch
        optimizer.zero_grad()
        scalegmn.loss(run(p, examples), targets).backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 10.0)
        optimizer.step()

    for size in options.batches:
        batch = model.example(size, device), torch.rand(size, device=device)
        seconds_of(step, batch, options.seconds, device)
        steps, seconds = seconds_of(step, batch, options.seconds, device)
        print(
            json.dumps(
                {
                    "bench": "twin",
                    "name": torch.cuda.get_device_name() if device.type == "cuda" else "cpu",
                    "threads": torch.get_num_threads(),
                    "torch": torch.__version__,
                    "compiled": options.compile,
                    "products": "float32" if options.strict or device.type == "cpu" else "tf32",
                    "subject": subject,
                    "batch": size,
                    "examples_per_second": round(steps * size / seconds, 1),
                    "steps": steps,
                    "seconds": round(seconds, 3),
                    "parameters": sum(value.numel() for value in p.values()),
                }
            ),
            flush=True,
        )


def seconds_of(step, batch, least, device):
    """Steps that were made, at least for so long, and how long they took."""
    wait = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    steps, began = 0, time.perf_counter()
    while steps == 0 or time.perf_counter() - began < least:
        for _ in range(10 if device.type == "cuda" else 1):
            step(batch)
            steps += 1
        wait()
    return steps, time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with golden values, and time nothing")
    parser.add_argument("--train", type=int, metavar="STEPS", help="print losses of a training on golden networks")
    parser.add_argument("--model", choices=MODELS, default="relu")
    parser.add_argument("--batches", type=lambda text: [int(n) for n in text.split(",")], default=[64, 256, 1024, 4096])
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--threads", type=int, help="of a CPU; as many as PyTorch chooses if not given")
    parser.add_argument("--strict", action="store_true", help="products of a GPU in float32, not TF32")
    parser.add_argument("--compile", action="store_true", help="torch.compile")
    options = parser.parse_args()
    if options.check:
        return check()
    return train(options.train) if options.train else bench(options)


if __name__ == "__main__":
    raise SystemExit(main())

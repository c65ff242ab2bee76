"""Writes what the reference library makes of the tensors in SafetensorsTest.

Run in this folder with safetensors 0.8 and numpy: python3 generate.py.
"""
import numpy as np
from safetensors.numpy import save_file

tensors = {
    "layer.0.weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 3,
    "bias": np.array([-0.0, np.inf, 1e-45], dtype=np.float32),
    "scalar": np.array(2.5, dtype=np.float32),
    "none": np.zeros((0, 4), np.float32),
    "größe": np.array([1.0], dtype=np.float32),
}
save_file(tensors, "reference.safetensors", metadata={"config": 'a "quoted"\nline'})

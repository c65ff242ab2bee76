"""Writes the npy and npz files that the tests expect to read bit-equal to numpy.

Run in this folder: python3 generate.py. Each NAME.bin is the array's row-major, little-endian bytes.
"""
import numpy as np

rng = np.random.default_rng(7)
special = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-310, 3.4e38, 1 / 3]
arrays = {}
for code in ("f4", "f8"):
    values = rng.standard_normal((2, 3, 4))
    values.flat[: len(special)] = special
    with np.errstate(over="ignore"):
        arrays[code] = values.astype(code)
for code in ("i4", "i8"):
    info = np.iinfo(code)
    values = rng.integers(info.min, info.max, (2, 3, 4), dtype=code)
    values.flat[:3] = [info.min, info.max, -1]
    arrays[code] = values

for code, values in arrays.items():
    values.tofile(f"{code}.bin")
    for name, order in (("little", "<"), ("big", ">")):
        typed = values.astype(order + code)
        np.save(f"{code}_{name}_c.npy", np.ascontiguousarray(typed))
        np.save(f"{code}_{name}_fortran.npy", np.asfortranarray(typed))

f4 = arrays["f4"]
for version in ((2, 0), (3, 0)):
    with open(f"version{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, f4, version=version)
np.save("scalar.npy", np.float64(0.1))
np.save("empty.npy", np.zeros((0, 3), np.float32))
np.save("vector.npy", np.arange(5, dtype=np.int64))

packed = {"weights": f4, "net0/b:0": arrays["i8"], "ten": np.arange(10.0)}
np.savez("stored.npz", **packed)
np.savez_compressed("deflated.npz", **packed)

"""Writes ONNX models of plain networks, an input and the outputs of ONNX's reference evaluator."""
import sys, numpy as np, onnx
from onnx import helper as h, TensorProto as T, numpy_helper as n
from onnx.reference import ReferenceEvaluator
out = sys.argv[1]
rng = np.random.default_rng(7)
w = lambda *s: rng.normal(size=s).astype(np.float32) * 0.5
def save(name, nodes, consts, shape, x, outputs=3):
    g = h.make_graph(nodes, name, [h.make_tensor_value_info("x", T.FLOAT, ["n"] + shape)], [h.make_tensor_value_info("y", T.FLOAT, ["n", outputs])], [n.from_array(v, k) for k, v in consts.items()])
    m = h.make_model(g, opset_imports=[h.make_opsetid("", 13)]); m.ir_version = 8
    onnx.checker.check_model(m)
    onnx.save(m, f"{out}/{name}.onnx")
    y = ReferenceEvaluator(m).run(None, {"x": x})[0]
    open(f"{out}/{name}.txt", "w").write(" ".join(repr(float(v)) for v in x.ravel()) + "\n" + " ".join(repr(float(v)) for v in y.ravel()) + "\n")
N = h.make_node
# as torch exports: Gemm with transB
save("mlp", [N("Gemm", ["x", "w0", "b0"], ["a"], transB=1), N("Relu", ["a"], ["b"]), N("Gemm", ["b", "w1", "b1"], ["c"], transB=1), N("Relu", ["c"], ["d"]), N("Gemm", ["d", "w2", "b2"], ["y"], transB=1)],
     {"w0": w(5, 6), "b0": w(5), "w1": w(4, 5), "b1": w(4), "w2": w(3, 4), "b2": w(3)}, [6], w(1, 6))
# as Keras exports: MatMul and Add
save("matmul", [N("MatMul", ["x", "w0"], ["a"]), N("Add", ["a", "b0"], ["a2"]), N("Tanh", ["a2"], ["b"]), N("MatMul", ["b", "w1"], ["c"]), N("Add", ["b1", "c"], ["y"])],
     {"w0": w(6, 5), "b0": w(5), "w1": w(5, 3), "b1": w(3)}, [6], w(1, 6))
save("cnn", [N("Conv", ["x", "k0", "b0"], ["a"], kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 0, 0], dilations=[1, 1], group=1), N("Relu", ["a"], ["b"]),
     N("Conv", ["b", "k1", "b1"], ["c"], kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1]), N("Relu", ["c"], ["d"]),
     N("GlobalAveragePool", ["d"], ["e"]), N("Flatten", ["e"], ["f"]), N("Gemm", ["f", "w2", "b2"], ["y"], transB=1)],
     {"k0": w(4, 2, 3, 3), "b0": w(4), "k1": w(3, 4, 3, 3), "b1": w(3), "w2": w(3, 3), "b2": w(3)}, [2, 9, 9], w(1, 2, 9, 9))
save("flattened", [N("Conv", ["x", "k0", "b0"], ["a"], strides=[2, 2]), N("Tanh", ["a"], ["b"]), N("Constant", [], ["s"], value=n.from_array(np.array([-1, 64], dtype=np.int64))), N("Reshape", ["b", "s"], ["f"]), N("Gemm", ["f", "w1", "b1"], ["y"])],
     {"k0": w(4, 2, 3, 3), "b0": w(4), "w1": w(64, 3), "b1": w(3)}, [2, 9, 9], w(1, 2, 9, 9))
save("siren", [N("Gemm", ["x", "w0", "b0"], ["a"], transB=1), N("Mul", ["a", "w"], ["a2"]), N("Sin", ["a2"], ["b"]), N("Gemm", ["b", "w1", "b1"], ["y"], transB=1)],
     {"w0": w(5, 2), "b0": w(5), "w": np.array(30, dtype=np.float32), "w1": w(1, 5), "b1": w(1)}, [2], w(1, 2), 1)
g = h.make_graph([N("Gemm", ["x", "w0"], ["a"], transB=1), N("Sigmoid", ["a"], ["b"]), N("Gemm", ["b", "w1"], ["y"], transB=1)], "sigmoid", [h.make_tensor_value_info("x", T.FLOAT, [1, 2])], [h.make_tensor_value_info("y", T.FLOAT, [1, 1])], [n.from_array(w(5, 2), "w0"), n.from_array(w(1, 5), "w1")])
onnx.save(h.make_model(g), f"{out}/sigmoid.onnx")

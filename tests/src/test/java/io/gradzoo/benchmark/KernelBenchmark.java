package io.gradzoo.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** One figure for each family of kernels: a cliff in one of them shows here. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {

  /** C = 1·biasᵀ + A·B. */
  @Benchmark
  public float[] affine(KernelState s, Work work) {
    s.kernels.affine(
        s.rows, s.width, s.depth, s.a, 0, s.depth, s.b, 0, s.width, s.shift, 0, s.y, 0, s.width);
    work.addOperations(2.0 * s.rows * s.width * s.depth);
    return s.y;
  }

  /** The adjoint of the matrix: B += Aᵀ·C. */
  @Benchmark
  public float[] transposedMultiplyAdd(KernelState s, Work work) {
    s.kernels.transposedMultiplyAdd(
        s.depth, s.width, s.rows, s.a, 0, s.depth, s.dy, 0, s.width, s.b, 0, s.width);
    work.addOperations(2.0 * s.rows * s.width * s.depth);
    return s.b;
  }

  /** y = Aᵀ. */
  @Benchmark
  public float[] transpose(KernelState s, Work work) {
    s.kernels.transpose(s.rows, s.width, s.x, 0, s.width, s.y, 0, s.rows);
    work.addFloats(2.0 * s.rows * s.width);
    return s.y;
  }

  /** y += a ⊙ b, for all element-wise arithmetic. */
  @Benchmark
  public float[] addProduct(KernelState s, Work work) {
    s.kernels.addProduct(s.x, 0, s.dy, 0, s.dx, 0, s.rows * s.width);
    work.addFloats(4.0 * s.rows * s.width);
    return s.dx;
  }

  /** ⟨a, b⟩, for all sums. */
  @Benchmark
  public float dot(KernelState s, Work work) {
    work.addFloats(2.0 * s.rows * s.width);
    return s.kernels.dot(s.x, 0, s.dy, 0, s.rows * s.width);
  }

  /** Sums over rows. */
  @Benchmark
  public float[] addColumnSums(KernelState s, Work work) {
    s.kernels.addColumnSums(s.rows, s.width, s.x, 0, s.dGain, 0);
    work.addFloats((double) s.rows * s.width);
    return s.dGain;
  }

  /** y = silu(x), for all activations. */
  @Benchmark
  public float[] silu(KernelState s, Work work) {
    s.kernels.silu(s.x, 0, s.y, 0, s.rows * s.width);
    work.addFloats(2.0 * s.rows * s.width);
    return s.y;
  }

  /** Its adjoint. */
  @Benchmark
  public float[] siluAdjoint(KernelState s, Work work) {
    s.kernels.siluAdjoint(s.x, 0, s.dy, 0, s.dx, 0, s.rows * s.width);
    work.addFloats(4.0 * s.rows * s.width);
    return s.dx;
  }

  /** y = tanh(x). */
  @Benchmark
  public float[] tanh(KernelState s, Work work) {
    s.kernels.tanh(s.x, 0, s.y, 0, s.rows * s.width);
    work.addFloats(2.0 * s.rows * s.width);
    return s.y;
  }

  /** Layer norm and SiLU in one. */
  @Benchmark
  public float[] layerNormSilu(KernelState s, Work work) {
    s.kernels.layerNormSilu(
        s.rows, s.width, s.x, 0, s.gain, 0, s.shift, 0, s.y, 0, s.statistics, 0);
    work.addFloats(2.0 * s.rows * s.width);
    return s.y;
  }

  /** Its adjoint. */
  @Benchmark
  public float[] layerNormSiluAdjoint(KernelState s, Work work) {
    s.kernels.layerNormSiluAdjoint(
        s.rows,
        s.width,
        s.x,
        0,
        s.gain,
        0,
        s.shift,
        0,
        s.statistics,
        0,
        s.dy,
        0,
        s.dx,
        0,
        s.dGain,
        0,
        s.dShift,
        0,
        s.scratch);
    work.addFloats(4.0 * s.rows * s.width);
    return s.dx;
  }

  /** Rows to unit length. */
  @Benchmark
  public float[] unitNorm(KernelState s, Work work) {
    s.kernels.unitNorm(s.rows, s.width, s.x, 0, s.y, 0, s.statistics, 0);
    work.addFloats(2.0 * s.rows * s.width);
    return s.y;
  }
}

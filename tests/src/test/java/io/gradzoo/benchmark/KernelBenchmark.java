package io.gradzoo.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One figure for each family of kernels: a cliff in one of them shows here. The long warm-up is
 * needed: interpreted, the Vector API is ten thousand times slower.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1) // with the options of the JVM that starts it
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {

  /** C = 1·biasᵀ + A·B. */
  @Benchmark
  public float[] affine(KernelState s, Flops flops) {
    s.kernels.affine(
        s.rows, s.width, s.depth, s.a, 0, s.depth, s.b, 0, s.width, s.shift, 0, s.y, 0, s.width);
    flops.addProduct(s.rows, s.width, s.depth);
    return s.y;
  }

  /** The adjoint of the matrix: B += Aᵀ·C. */
  @Benchmark
  public float[] transposedMultiplyAdd(KernelState s, Flops flops) {
    s.kernels.transposedMultiplyAdd(
        s.depth, s.width, s.rows, s.a, 0, s.depth, s.dy, 0, s.width, s.b, 0, s.width);
    flops.addProduct(s.rows, s.width, s.depth);
    return s.b;
  }

  /** y = Aᵀ. */
  @Benchmark
  public float[] transpose(KernelState s, Traffic traffic) {
    s.kernels.transpose(s.rows, s.width, s.x, 0, s.width, s.y, 0, s.rows);
    traffic.addOperands(2, s.rows, s.width);
    return s.y;
  }

  /** y += a ⊙ b, for all element-wise arithmetic. */
  @Benchmark
  public float[] addProduct(KernelState s, Traffic traffic) {
    s.kernels.addProduct(s.x, 0, s.dy, 0, s.dx, 0, s.rows * s.width);
    traffic.addOperands(4, s.rows, s.width);
    return s.dx;
  }

  /** ⟨a, b⟩, for all sums. */
  @Benchmark
  public float dot(KernelState s, Traffic traffic) {
    traffic.addOperands(2, s.rows, s.width);
    return s.kernels.dot(s.x, 0, s.dy, 0, s.rows * s.width);
  }

  /** Sums over rows. */
  @Benchmark
  public float[] addColumnSums(KernelState s, Traffic traffic) {
    s.kernels.addColumnSums(s.rows, s.width, s.x, 0, s.dGain, 0);
    traffic.addOperands(1, s.rows, s.width);
    return s.dGain;
  }

  /** y = silu(x), for all activations. */
  @Benchmark
  public float[] silu(KernelState s, Traffic traffic) {
    s.kernels.silu(s.x, 0, s.y, 0, s.rows * s.width);
    traffic.addOperands(2, s.rows, s.width);
    return s.y;
  }

  /** Its adjoint, with the slopes that it needs. */
  @Benchmark
  public float[] layerNormAdjoint(KernelState s, Traffic traffic) {
    s.kernels.layerNormSiluSlopes(
        s.rows, s.width, s.x, 0, s.gain, 0, s.shift, 0, s.statistics, 0, s.y, 0, s.slopes, 0);
    s.kernels.layerNormAdjoint(
        s.rows,
        s.width,
        s.x,
        0,
        s.gain,
        0,
        s.statistics,
        0,
        s.slopes,
        0,
        s.dy,
        0,
        s.dx,
        0,
        s.dGain,
        0,
        s.dShift,
        0);
    traffic.addOperands(8, s.rows, s.width);
    return s.dx;
  }

  /** Rows to unit length. */
  @Benchmark
  public float[] unitNorm(KernelState s, Traffic traffic) {
    s.kernels.unitNorm(s.rows, s.width, s.x, 0, s.y, 0, s.statistics, 0);
    traffic.addOperands(2, s.rows, s.width);
    return s.y;
  }
}

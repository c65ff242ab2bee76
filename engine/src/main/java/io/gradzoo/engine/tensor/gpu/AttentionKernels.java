package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Attention;
import io.gradzoo.engine.tensor.AttentionParameters;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/**
 * {@link Attention}: four maps, for which all heads are one wide row, and what lies between them.
 * Queries, keys, values and what the heads found are kept for the adjoint; weights are computed
 * again.
 */
final class AttentionKernels {
  /** Numbers that are noted of each row and head. */
  private static final int NOTES = 3;

  private AttentionKernels() {}

  /** Where an operation keeps its rows of all heads. */
  private record KeptRows(Attention of, long address, Emission e) {
    static long numbersPerModel(Attention of) {
      long perHead = 4L * of.parameters().in() + NOTES;
      return (long) of.x().rows() * of.parameters().heads() * perHead;
    }

    /** Queries (0), keys (1), values (2), what the heads found (3). */
    long rows(int which) {
      return Strided.at(address, which * numbers());
    }

    long notes() {
      return rows(4);
    }

    private long numbers() {
      return (long) e.models() * of.x().rows() * wide(of);
    }
  }

  static void forward(Attention of, Emission e) {
    KeptRows kept = new KeptRows(of, e.keep(of, KeptRows.numbersPerModel(of)), e);
    AttentionParameters p = of.parameters();
    long x = e.values(of.x());
    project(of, p.query(), x, kept.rows(0), e);
    project(of, p.key(), x, kept.rows(1), e);
    project(of, p.value(), x, kept.rows(2), e);
    AttentionSequences sequences = AttentionSequences.of(of, e.models());
    Object[] arguments = {
      sequences, scale(of), kept.rows(0), kept.rows(1), kept.rows(2), kept.rows(3), kept.notes()
    };
    e.to().launchRows("attend", sequences.rows(), arguments);
    long y = e.values(of.output());
    int wide = wide(of);
    LinearKernels.map(
        e, rows(of, e), wide, kept.rows(3), p.out(), e.parameter(p.output()), wide, 0f, y);
  }

  static void adjoint(Attention of, Emission e) {
    KeptRows kept = new KeptRows(of, e.kept(of), e);
    KeptRows gradients = new KeptRows(of, e.scratch(KeptRows.numbersPerModel(of)), e);
    AttentionParameters p = of.parameters();
    int wide = wide(of);
    int rows = rows(of, e);
    long dy = e.gradient(of.output());
    long dOutput = e.parameterGradient(p.output());
    LinearKernels.carryWeight(e, rows, wide, kept.rows(3), p.out(), dy, dOutput, wide);
    long dz = gradients.rows(3);
    GradientShare found = new GradientShare(dz, 0);
    LinearKernels.carryInput(e, rows, wide, p.out(), dy, e.parameter(p.output()), wide, found);
    core(of, kept, gradients, e);
    carry(of, p.query(), gradients.rows(0), e);
    carry(of, p.key(), gradients.rows(1), e);
    carry(of, p.value(), gradients.rows(2), e);
  }

  private static void core(Attention of, KeptRows kept, KeptRows gradients, Emission e) {
    AttentionSequences sequences = AttentionSequences.of(of, e.models());
    long q = kept.rows(0);
    long k = kept.rows(1);
    long v = kept.rows(2);
    long dz = gradients.rows(3);
    long notes = kept.notes();
    Object[] ofQueries = {
      sequences, scale(of), q, k, v, kept.rows(3), dz, notes, gradients.rows(0)
    };
    e.to().launchRows("attendQueries", sequences.rows(), ofQueries);
    Object[] ofKeys = {
      sequences, scale(of), q, k, v, dz, notes, gradients.rows(1), gradients.rows(2)
    };
    e.to().launchRows("attendKeys", sequences.rows(), ofKeys);
  }

  /** A map of all heads, {@code y = x Mᵀ}. */
  private static void project(Attention of, Parameter map, long x, long y, Emission e) {
    int in = of.parameters().in();
    LinearKernels.map(e, rows(of, e), in, x, wide(of), e.parameter(map), in, 0f, y);
  }

  private static void carry(Attention of, Parameter map, long dy, Emission e) {
    Tensor x = of.x();
    int in = of.parameters().in();
    int rows = rows(of, e);
    long dw = e.parameterGradient(map);
    LinearKernels.carryWeight(e, rows, in, e.values(x), wide(of), dy, dw, in);
    if (x.needsGradient()) {
      LinearKernels.carryInput(e, rows, in, wide(of), dy, e.parameter(map), in, e.share(x));
    }
  }

  private static int rows(Attention of, Emission e) {
    return e.models() * of.x().rows();
  }

  /** Numbers in a row of all heads. */
  private static int wide(Attention of) {
    return of.parameters().heads() * of.parameters().in();
  }

  private static float scale(Attention of) {
    return (float) (1 / Math.sqrt(of.parameters().in()));
  }
}

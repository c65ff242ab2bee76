package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Smooth activations on vectors, out of {@link Exponentials}. */
abstract class VectorActivations extends VectorArithmetic {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  @Override
  public final void silu(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      Exponentials.silu(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = Exponentials.silu(x[xo + i]);
    }
  }

  @Override
  public final void siluAdjoint(
      float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      Exponentials.siluSlope(FloatVector.fromArray(S, x, xo + i))
          .fma(FloatVector.fromArray(S, dy, dyo + i), FloatVector.fromArray(S, dx, dxo + i))
          .intoArray(dx, dxo + i);
    }
    for (int i = whole; i < n; i++) {
      dx[dxo + i] = Math.fma(Exponentials.siluSlope(x[xo + i]), dy[dyo + i], dx[dxo + i]);
    }
  }

  @Override
  public final void tanh(float[] x, int xo, float[] y, int yo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      Exponentials.tanh(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
    }
    for (int i = whole; i < n; i++) {
      y[yo + i] = Exponentials.tanh(x[xo + i]);
    }
  }

  /** dz = dy ⊙ silu′(z), over z. */
  static void siluSlopeTimes(float[] dy, int dyo, float[] z, int zo, int n) {
    int whole = Lanes.bound(n);
    for (int i = 0; i < whole; i += L) {
      Exponentials.siluSlope(FloatVector.fromArray(S, z, zo + i))
          .mul(FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(z, zo + i);
    }
    for (int i = whole; i < n; i++) {
      z[zo + i] = Exponentials.siluSlope(z[zo + i]) * dy[dyo + i];
    }
  }
}

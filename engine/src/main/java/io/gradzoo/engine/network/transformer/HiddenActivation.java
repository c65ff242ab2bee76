package io.gradzoo.engine.network.transformer;

/** Activation of a transformer's feed-forward layers, computed in double. */
public enum HiddenActivation {
  /** max(u, 0). */
  RELU {
    @Override
    double value(double u) {
      return Math.max(u, 0);
    }

    @Override
    double derivative(double u) {
      return u > 0 ? 1 : 0;
    }
  },
  /** ½ u (1 + tanh(√(2/π) (u + 0.044715 u³))), the formula with tanh and not the one with erf. */
  GELU {
    @Override
    double value(double u) {
      return 0.5 * u * (1 + StrictMath.tanh(ROOT * (u + CUBIC * u * u * u)));
    }

    @Override
    double derivative(double u) {
      double tanh = StrictMath.tanh(ROOT * (u + CUBIC * u * u * u));
      double inner = ROOT * (1 + 3 * CUBIC * u * u);
      return 0.5 * (1 + tanh) + 0.5 * u * (1 - tanh * tanh) * inner;
    }
  };

  private static final double ROOT = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  abstract double value(double u);

  abstract double derivative(double u);
}

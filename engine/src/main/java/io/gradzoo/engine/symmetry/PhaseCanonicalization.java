package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;

/**
 * Chooses one network among all those that {@link PhaseShift}s of a sine network lead to, up to the
 * signs of neurons, which a sign-symmetric metanetwork does not see (ScaleGMN, §3). Networks with
 * other activations have no phases and stay as they are.
 */
public enum PhaseCanonicalization {
  /**
   * Hidden biases end within a quarter turn, |b| ≤ π / (2 w0): whole turns go, and an odd half turn
   * becomes a change of sign of the neuron's weights and bias. The network's function is unchanged.
   */
  EXACT {
    @Override
    void canonicalize(LayeredArchitecture architecture, AffineLayer layer, float[] parameters) {
      if (layer.index() == architecture.affineLayers().size() - 1) {
        return;
      }
      double halfTurn = Math.PI / architecture.frequency();
      for (int o = 0; o < layer.out(); o++) {
        double bias = parameters[layer.biasOffset() + o];
        double halfTurns = Math.rint(bias / halfTurn);
        set(layer, o, bias - halfTurns * halfTurn, halfTurns % 2 != 0, parameters);
      }
    }
  },

  /**
   * What the public code's preprocessing does: it takes w0 for 1, treats the output layer like the
   * others, and moves biases between π and 2π away from zero. Biases within a quarter turn of w0 =
   * 1, which is all of the published ones, stay as they are.
   */
  REFERENCE {
    @Override
    void canonicalize(LayeredArchitecture architecture, AffineLayer layer, float[] parameters) {
      for (int o = 0; o < layer.out(); o++) {
        double bias = parameters[layer.biasOffset() + o];
        double folded = Math.abs(bias);
        if (folded > 2 * Math.PI) {
          folded %= 2 * Math.PI;
        }
        boolean beyondHalfTurn = folded > Math.PI;
        boolean beyondQuarterTurn = !beyondHalfTurn && folded > Math.PI / 2;
        if (beyondHalfTurn) {
          folded += Math.PI;
        } else if (beyondQuarterTurn) {
          folded -= Math.PI;
        }
        set(
            layer,
            o,
            Math.copySign(1, bias) * folded,
            beyondHalfTurn || beyondQuarterTurn,
            parameters);
      }
    }
  };

  /**
   * The canonical form.
   *
   * @param parameters flat
   * @param result output, as long as the parameters; may be the same array
   */
  public void apply(LayeredArchitecture architecture, float[] parameters, float[] result) {
    System.arraycopy(parameters, 0, result, 0, parameters.length);
    if (architecture.activation() == Activation.SINE) {
      for (AffineLayer layer : architecture.affineLayers()) {
        canonicalize(architecture, layer, result);
      }
    }
  }

  abstract void canonicalize(
      LayeredArchitecture architecture, AffineLayer layer, float[] parameters);

  /** Gives a neuron another bias, and then perhaps the opposite sign. */
  private static void set(
      AffineLayer layer, int neuron, double bias, boolean opposite, float[] parameters) {
    parameters[layer.biasOffset() + neuron] = (float) (opposite ? -bias : bias);
    if (opposite) {
      int row = layer.weightOffset() + neuron * layer.fanIn();
      for (int i = row; i < row + layer.fanIn(); i++) {
        parameters[i] = -parameters[i];
      }
    }
  }
}

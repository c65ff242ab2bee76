package io.gradzoo.engine.metanet;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * The two-layer perceptron that every learned function of ScaleGMN is: linear, LayerNorm if wanted,
 * SiLU, dropout, linear.
 *
 * @param hidden weight of the first map, [width, in]
 * @param hiddenBias [width]
 * @param gain LayerNorm's gain, [width], or null for none
 * @param shift LayerNorm's offset, [width], or null
 * @param last weight of the second map, [out, width]
 * @param lastBias [out]
 * @param dropout rate after the activation
 */
public record Mlp(
    Parameter hidden,
    Parameter hiddenBias,
    Parameter gain,
    Parameter shift,
    Parameter last,
    Parameter lastBias,
    float dropout) {

  /**
   * What the perceptrons of one metanetwork have in common.
   *
   * @param width hidden width
   * @param layerNorm whether the hidden layer is normalised
   * @param dropout rate after the activation
   */
  public record Style(int width, boolean layerNorm, float dropout) {}

  /**
   * Registers the parameters of a perceptron in → out under {@code name}, with PyTorch's default
   * initialisation.
   */
  public static Mlp register(ParameterLayout layout, String name, int in, int out, Style style) {
    int width = style.width();
    Initialization first = Initialization.linear(in);
    Initialization second = Initialization.linear(width);
    boolean norm = style.layerNorm();
    return new Mlp(
        layout.add(name + ".fc.0.weight", first, width, in),
        layout.add(name + ".fc.0.bias", first, width),
        norm ? layout.add(name + ".ln.0.weight", Initialization.constant(1f), width) : null,
        norm ? layout.add(name + ".ln.0.bias", Initialization.constant(0f), width) : null,
        layout.add(name + ".fc.1.weight", second, out, width),
        layout.add(name + ".fc.1.bias", second, out),
        style.dropout());
  }

  /**
   * @param x parts of the input side by side, together [rows, in]
   * @return [rows, out]
   */
  public Tensor apply(Tape tape, Tensor... x) {
    return finish(tape, tape.affine(hidden.matrix(), hiddenBias, x));
  }

  /** The rest of the perceptron, from the first map's result z [rows, width] to [rows, out]. */
  public Tensor finish(Tape tape, Tensor z) {
    return tape.affine(last.matrix(), lastBias, activate(tape, z));
  }

  /** {@code f(x) + f(−x)}: invariant to the sign of x. Each of the two maps is computed once. */
  public Tensor even(Tape tape, Tensor x) {
    Tensor z = tape.linear(hidden.matrix(), x);
    Tensor sum =
        gain != null && dropout == 0f
            ? tape.evenLayerNormSilu(z, hiddenBias, gain, shift)
            : tape.sum(
                activate(tape, tape.shift(z, hiddenBias)),
                activate(tape, tape.shiftNegated(z, hiddenBias)));
    return tape.affine(last.matrix(), lastBias, 2f, sum);
  }

  private Tensor activate(Tape tape, Tensor z) {
    Tensor y = gain == null ? tape.silu(z) : tape.layerNormSilu(z, gain, shift);
    return tape.dropout(y, dropout);
  }
}

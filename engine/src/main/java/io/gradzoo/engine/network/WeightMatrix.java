package io.gradzoo.engine.network;

/**
 * A matrix of weights [out, fan-in] in a flat parameter vector, as an initialiser sees it.
 *
 * @param out rows
 * @param fanIn columns: numbers that one output value is computed from
 * @param fanOut numbers that one input value takes part in
 * @param offset index of the first weight
 */
public record WeightMatrix(int out, int fanIn, int fanOut, int offset) {

  /** The weights of an affine layer of a network. */
  static WeightMatrix of(AffineLayer layer) {
    int fanOut = layer.out() * layer.kernel() * layer.kernel();
    return new WeightMatrix(layer.out(), layer.fanIn(), fanOut, layer.weightOffset());
  }

  /** Count of its numbers. */
  public int size() {
    return out * fanIn;
  }
}

package io.gradzoo.engine.network;

/**
 * One affine map of a target network with its place in the flat parameter vector. The weight is
 * stored before the bias, C order: [out, in, kernel, kernel] for a convolution, [out, in] for a
 * dense layer (kernel 1).
 *
 * @param index position among the affine layers, from 0
 * @param layer the stage it belongs to: {@link Layer.Dense} or {@link Layer.Conv2d}
 * @param input shape of its input, before flattening
 * @param output shape of its output
 * @param in input channels (convolution) or inputs (dense)
 * @param out output channels or units
 * @param kernel side of the kernel; 1 for dense
 * @param weightOffset index of the first weight in the flat vector
 * @param biasOffset index of the first bias
 */
public record AffineLayer(
    int index,
    Layer layer,
    Shape input,
    Shape output,
    int in,
    int out,
    int kernel,
    int weightOffset,
    int biasOffset) {

  /** Numbers one output value is computed from: in · kernel². */
  public int fanIn() {
    return in * kernel * kernel;
  }

  public int weightCount() {
    return out * fanIn();
  }

  /** Whether this is a convolution. */
  public boolean convolution() {
    return layer instanceof Layer.Conv2d;
  }
}

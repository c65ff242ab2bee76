package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;

/** The activation behind an affine stage, with dropout where there are masks, and its buffers. */
final class HiddenStage {
  private final Kernels kernels;
  private final Nonlinearity nonlinearity;
  private final AffineStage stage;
  private final BatchBuffer activations;
  private final BatchBuffer dropped;
  private final BatchBuffer mask;

  HiddenStage(Kernels kernels, Nonlinearity nonlinearity, AffineStage stage) {
    this.kernels = kernels;
    this.nonlinearity = nonlinearity;
    this.stage = stage;
    this.activations =
        nonlinearity.activation() == Activation.RELU ? stage.outputs() : stage.outputs().another();
    this.dropped = stage.outputs().another();
    this.mask = stage.outputs().another();
  }

  /** What the next stage gets. */
  BatchBuffer forward(int batch) {
    nonlinearity.apply(batch, stage.outputs(), activations);
    return activations;
  }

  /** The same with dropout. */
  BatchBuffer forward(int batch, DropoutMasks masks) {
    forward(batch);
    mask.fromRows(batch, masks.layer(stage.layer().index()), 0);
    kernels.product(
        activations.numbers(),
        activations.at(),
        mask.numbers(),
        mask.at(),
        dropped.numbers(),
        dropped.at(),
        activations.count(batch));
    return dropped;
  }

  /** The stage's signals, which are those of what the next stage got, become its own. */
  void backward(int batch) {
    nonlinearity.adjoint(batch, stage.outputs(), activations, stage.signals());
  }

  /** The same after a forward with dropout. */
  void backwardThroughMask(int batch) {
    BatchBuffer signals = stage.signals();
    kernels.product(
        signals.numbers(),
        signals.at(),
        mask.numbers(),
        mask.at(),
        signals.numbers(),
        signals.at(),
        signals.count(batch));
    backward(batch);
  }
}

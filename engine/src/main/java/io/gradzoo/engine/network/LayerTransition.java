package io.gradzoo.engine.network;

/** An operation between two affine stages, such as pooling or a change of layout. */
interface LayerTransition {

  /** What comes out. */
  BatchBuffer outputs();

  /** Signals of what comes out, for {@link #backward}. */
  BatchBuffer signals();

  /** Writes the outputs. */
  void forward(int batch, BatchBuffer inputs);

  /** Writes the signals of the inputs. */
  void backward(int batch, BatchBuffer inputSignals);
}

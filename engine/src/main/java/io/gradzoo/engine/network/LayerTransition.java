package io.gradzoo.engine.network;

/** What becomes of the outputs of one affine stage before the next reads them. */
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

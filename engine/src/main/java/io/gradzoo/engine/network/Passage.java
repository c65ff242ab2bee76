package io.gradzoo.engine.network;

/** What stands between the outputs of one affine stage and the inputs of the next. */
interface Passage {

  /** What comes out. */
  BatchBuffer outputs();

  /** Signals of what comes out, for {@link #backward}. */
  BatchBuffer signals();

  /** Writes the outputs. */
  void forward(int batch, BatchBuffer inputs);

  /** Writes the signals of the inputs. */
  void backward(int batch, BatchBuffer inputSignals);
}

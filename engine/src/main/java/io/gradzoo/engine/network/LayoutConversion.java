package io.gradzoo.engine.network;

/** The same numbers in another layout: maps become rows in stored order, or rows maps. */
final class LayoutConversion implements LayerTransition {
  private final BatchBuffer outputs;
  private final BatchBuffer signals;

  /**
   * @param outputs rows if the inputs are maps, or maps if they are rows
   */
  LayoutConversion(BatchBuffer outputs) {
    this.outputs = outputs;
    this.signals = outputs.another();
  }

  @Override
  public BatchBuffer outputs() {
    return outputs;
  }

  @Override
  public BatchBuffer signals() {
    return signals;
  }

  @Override
  public void forward(int batch, BatchBuffer inputs) {
    move(batch, inputs, outputs);
  }

  @Override
  public void backward(int batch, BatchBuffer inputSignals) {
    move(batch, signals, inputSignals);
  }

  private static void move(int batch, BatchBuffer from, BatchBuffer to) {
    if (to instanceof RowBuffer) {
      from.toRows(batch, to.numbers(), to.at());
    } else {
      to.fromRows(batch, from.numbers(), from.at());
    }
  }
}

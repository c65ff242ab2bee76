package io.gradzoo.engine.network;

/** One row of numbers per sample, [batch, size]: the inputs and outputs of dense layers. */
final class RowBuffer implements BatchBuffer {
  private final int size;
  private final float[] numbers;

  /**
   * @param size numbers of a sample
   * @param capacity largest batch
   */
  RowBuffer(int size, int capacity) {
    this.size = size;
    this.numbers = new float[capacity * size];
  }

  @Override
  public float[] numbers() {
    return numbers;
  }

  @Override
  public int at() {
    return 0;
  }

  @Override
  public int count(int batch) {
    return batch * size;
  }

  @Override
  public BatchBuffer another() {
    return new RowBuffer(size, numbers.length / size);
  }

  @Override
  public void fromRows(int batch, float[] rows, int offset) {
    System.arraycopy(rows, offset, numbers, 0, count(batch));
  }

  @Override
  public void toRows(int batch, float[] rows, int offset) {
    System.arraycopy(numbers, 0, rows, offset, count(batch));
  }
}

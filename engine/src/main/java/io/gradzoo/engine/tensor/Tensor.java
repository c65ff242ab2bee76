package io.gradzoo.engine.tensor;

/**
 * A float32 array [models, rows, width], row-major, on a {@link Tape}. The leading dimension is how
 * many models run through the tape at once; the tape's capacity bounds it.
 */
public final class Tensor {
  private final Storage storage;
  private final int rows;
  private final int width;

  Tensor(Storage storage, int rows, int width) {
    this.storage = storage;
    this.rows = rows;
    this.width = width;
  }

  /** A tensor of its own for the result of an operation. */
  static Tensor result(int rows, int width, boolean needsGradient) {
    return new Tensor(new Storage(rows * width, needsGradient), rows, width);
  }

  /** Rows of one model. */
  public int rows() {
    return rows;
  }

  /** Numbers in a row. */
  public int width() {
    return width;
  }

  /** The numbers, [capacity, rows, width]; present once the tape is sealed. */
  public float[] values() {
    return storage.values;
  }

  /** Derivatives of the loss, [capacity, rows, width]; null where none are computed. */
  public float[] gradients() {
    return storage.gradients;
  }

  /** The same numbers seen as [models, rows, width]; nothing is copied. */
  public Tensor reshape(int newRows, int newWidth) {
    if (newRows * newWidth != rows * width) {
      throw new IllegalArgumentException(
          "cannot see " + rows + "x" + width + " numbers as " + newRows + "x" + newWidth);
    }
    return new Tensor(storage, newRows, newWidth);
  }

  /** All numbers of a model as one row, [models, 1, rows · width]. */
  public Tensor flatten() {
    return reshape(1, rows * width);
  }

  /** Where in {@link #values} a row begins, rows of all models counted on. */
  int valueAt(int row) {
    return row * width - storage.firstValue;
  }

  /** Where in {@link #gradients} a row begins. */
  int gradientAt(int row) {
    return row * width - storage.firstGradient;
  }

  boolean needsGradient() {
    return storage.needsGradient();
  }

  Storage storage() {
    return storage;
  }

  @Override
  public String toString() {
    return "[models, " + rows + ", " + width + "]";
  }
}

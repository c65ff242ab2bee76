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

  /**
   * The numbers of an input or output, [capacity, rows, width], once the tape is sealed: an input's
   * are to be written before a forward pass, an output's or a watched tensor's read after it. Null
   * for what lies between, which only the tape's {@link Device} sees.
   */
  public float[] values() {
    return storage.values();
  }

  /**
   * Derivatives of the loss, [capacity, rows, width]: an output's are to be written before a
   * backward sweep, a differentiable input's or a watched tensor's read after it. Null where none
   * are computed.
   */
  public float[] gradients() {
    return storage.gradients();
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

  /** Whether the backward sweep has to find the gradient of these numbers. */
  public boolean needsGradient() {
    return storage.needsGradient();
  }

  /** What this is a view of. */
  public Storage storage() {
    return storage;
  }

  @Override
  public String toString() {
    return "[models, " + rows + ", " + width + "]";
  }
}

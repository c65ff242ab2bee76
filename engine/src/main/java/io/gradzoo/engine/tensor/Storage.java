package io.gradzoo.engine.tensor;

/**
 * The numbers behind one or several {@link Tensor}s that view them: what a device gives memory. The
 * host holds those that the caller reads or writes; all others are the device's alone.
 */
public final class Storage {
  private final int sizePerModel;
  private final boolean needsGradient;
  private final boolean shared;
  private float[] values;
  private float[] gradients;

  Storage(int sizePerModel, boolean needsGradient) {
    this(sizePerModel, needsGradient, false);
  }

  private Storage(int sizePerModel, boolean needsGradient, boolean shared) {
    this.sizePerModel = sizePerModel;
    this.needsGradient = needsGradient;
    this.shared = shared;
  }

  /** Of an input that is the same for all models. */
  static Storage shared(int sizePerModel) {
    return new Storage(sizePerModel, false, true);
  }

  /** Gives what the caller writes or reads its array on the host. */
  void holdValues(int capacity) {
    values = new float[(shared ? 1 : capacity) * sizePerModel];
  }

  /** The same for its gradient, if it has one. */
  void holdGradients(int capacity) {
    gradients = needsGradient ? new float[capacity * sizePerModel] : null;
  }

  /** Count of numbers of one model. */
  public int sizePerModel() {
    return sizePerModel;
  }

  /** Whether the backward sweep has to find the gradient of these numbers. */
  public boolean needsGradient() {
    return needsGradient;
  }

  /** Whether the host holds the numbers of one model for all of them. */
  public boolean shared() {
    return shared;
  }

  /**
   * The host's numbers, [capacity, sizePerModel], or [1, sizePerModel] if they are shared; null but
   * for what the caller sees.
   */
  public float[] values() {
    return values;
  }

  /** The host's derivatives, likewise; null where none are wanted. */
  public float[] gradients() {
    return gradients;
  }
}

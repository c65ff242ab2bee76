package io.gradzoo.engine.tensor;

/**
 * The numbers behind one or several {@link Tensor}s that view them: what a device gives memory. The
 * host holds those that the caller reads or writes; all others are the device's alone.
 */
public final class Storage {
  private final int sizePerModel;
  private final boolean needsGradient;
  private float[] values;
  private float[] gradients;

  Storage(int sizePerModel, boolean needsGradient) {
    this.sizePerModel = sizePerModel;
    this.needsGradient = needsGradient;
  }

  /** Gives an input or output its arrays on the host. */
  void hold(int capacity) {
    values = new float[capacity * sizePerModel];
    gradients = needsGradient ? new float[values.length] : null;
  }

  /** Count of numbers of one model. */
  public int sizePerModel() {
    return sizePerModel;
  }

  /** Whether the backward sweep has to find the gradient of these numbers. */
  public boolean needsGradient() {
    return needsGradient;
  }

  /** The host's numbers, [capacity, sizePerModel]; null but for inputs and outputs. */
  public float[] values() {
    return values;
  }

  /** The host's derivatives, likewise; null where none are wanted. */
  public float[] gradients() {
    return gradients;
  }
}

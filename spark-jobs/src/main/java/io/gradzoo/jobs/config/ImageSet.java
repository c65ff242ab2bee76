package io.gradzoo.jobs.config;

/** An image set that members can be trained on. */
public enum ImageSet {
  /** The 1,797 handwritten digits in the jar: 8×8, one channel, ten classes. */
  DIGITS(64, 10);

  private final int inputs;
  private final int classes;

  ImageSet(int inputs, int classes) {
    this.inputs = inputs;
    this.classes = classes;
  }

  /** Numbers of an image. */
  public int inputs() {
    return inputs;
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** The name that stands in tables and configs. */
  public String id() {
    return "digits";
  }
}

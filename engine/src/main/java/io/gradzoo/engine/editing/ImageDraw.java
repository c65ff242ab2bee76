package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.Samples;
import java.util.SplittableRandom;

/** The images that the networks of a minibatch are shown, drawn without repetition. */
final class ImageDraw {
  private final int[] drawn;
  private final int count;

  /**
   * @param most drawn at a time; all, where there are fewer
   */
  ImageDraw(Samples images, int most) {
    this.drawn = new int[images.size()];
    this.count = Math.min(most, drawn.length);
    begin(0);
  }

  /** Draws those of a step: the first of a shuffle that ends when there are enough. */
  void begin(long draw) {
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = i;
    }
    SplittableRandom random = new SplittableRandom(draw);
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, drawn.length);
      int swapped = drawn[i];
      drawn[i] = drawn[j];
      drawn[j] = swapped;
    }
  }

  /** Rows of the images, of which the first {@link #count} are drawn. */
  int[] rows() {
    return drawn;
  }

  int count() {
    return count;
  }
}

package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Inverted dropout for every hidden activation of a batch: each number is kept with probability 1 −
 * rate and then multiplied by 1 / (1 − rate), or set to zero.
 */
public final class DropoutMasks {
  private final double rate;
  private final int capacity;
  private final float[][] masks;
  private final int[] sizes;

  /**
   * Masks that let everything through until the first {@link #draw}.
   *
   * @param capacity largest batch
   * @param rate probability of dropping, in [0, 1)
   */
  public DropoutMasks(LayeredArchitecture architecture, int capacity, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw Fault.of("dropout").expected("a rate in [0, 1)").found(rate).exception();
    }
    this.rate = rate;
    this.capacity = capacity;
    List<AffineLayer> layers = architecture.affineLayers();
    this.masks = new float[layers.size() - 1][];
    this.sizes = new int[masks.length];
    for (int i = 0; i < masks.length; i++) {
      sizes[i] = layers.get(i).output().size();
      masks[i] = new float[capacity * sizes[i]];
      java.util.Arrays.fill(masks[i], 1f);
    }
  }

  /** Draws the masks of a batch anew. */
  public void draw(SplittableRandom random, int batch) {
    if (batch > capacity) {
      throw Fault.of("dropout").expected("a batch of at most " + capacity).found(batch).exception();
    }
    float kept = (float) (1.0 / (1.0 - rate));
    long threshold = (long) (rate * (1L << 32));
    for (int i = 0; i < masks.length; i++) {
      float[] mask = masks[i];
      int count = batch * sizes[i];
      for (int j = 0; j < count; j++) {
        mask[j] = Integer.toUnsignedLong(random.nextInt()) < threshold ? 0f : kept;
      }
    }
  }

  /** Factors of the hidden layer at {@code index}: [batch, channels, positions]. */
  float[] layer(int index) {
    return masks[index];
  }
}

package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import java.util.SplittableRandom;

/** Noise with labels at random, of the shape that networks of an architecture read. */
public final class MadeUpImages implements ImageSupply {
  private static final long serialVersionUID = 1;

  private final Samples training;
  private final Samples judging;

  /**
   * @param training how many to train on
   * @param judging how many to judge by
   */
  public MadeUpImages(LayeredArchitecture architecture, int training, int judging) {
    this.training = noise(architecture, training);
    this.judging = noise(architecture, judging);
  }

  @Override
  public Samples training() {
    return training;
  }

  @Override
  public Samples judging() {
    return judging;
  }

  private static Samples noise(LayeredArchitecture architecture, int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] pixels = new float[count * architecture.input().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-1, 1);
    }
    int[] labels = random.ints(count, 0, architecture.outputs()).toArray();
    return new Samples(architecture.input(), architecture.outputs(), pixels, labels);
  }
}

package io.gradzoo.jobs.example;

import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import java.util.SplittableRandom;

/** Noise with labels at random, of the shape that networks of an architecture read. */
final class MadeUpImages implements ImageSupply {
  private static final long serialVersionUID = 1;
  private static final int TRAINING = 256;
  private static final int JUDGING = 64;

  private final Samples training;
  private final Samples judging;

  MadeUpImages(LayeredArchitecture architecture) {
    training = noise(architecture, TRAINING);
    judging = noise(architecture, JUDGING);
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

package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import java.util.SplittableRandom;

/**
 * Images of noise with random labels, which networks of an architecture can read.
 *
 * @param training all of them
 */
record MadeUpImages(Samples training) implements ImageSupply {

  /** So many. */
  static MadeUpImages of(LayeredArchitecture networks, int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[] inputs = new float[count * networks.input().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextDouble(-1, 1);
    }
    int[] labels = random.ints(count, 0, networks.outputs()).toArray();
    return new MadeUpImages(new Samples(networks.input(), networks.outputs(), inputs, labels));
  }

  @Override
  public Samples judging() {
    return training;
  }
}

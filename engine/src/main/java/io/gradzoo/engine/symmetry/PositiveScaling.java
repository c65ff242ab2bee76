package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.SplittableRandom;

/**
 * Multiplies every hidden neuron or channel of a ReLU network by a positive number of its own.
 *
 * @param factors q, one row per hidden layer
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record PositiveScaling(float[][] factors) implements Symmetry {
  public PositiveScaling {
    for (float[] layer : factors) {
      for (float q : layer) {
        if (!(q > 0) || Float.isInfinite(q)) {
          throw Fault.of("positive scaling").expected("factors > 0").found(q).exception();
        }
      }
    }
  }

  /** Factors exp(z) with z standard normal. */
  public static PositiveScaling random(LayeredArchitecture architecture, long seed) {
    requireRelu(architecture);
    SplittableRandom random = new SplittableRandom(seed);
    return new PositiveScaling(Rescaling.draw(architecture, () -> Math.exp(random.nextGaussian())));
  }

  @Override
  public float[] apply(LayeredArchitecture architecture, float[] parameters) {
    requireRelu(architecture);
    return Rescaling.parameters(architecture, factors, parameters);
  }

  @Override
  public float[] applyToFeatures(LayeredArchitecture architecture, float[] features) {
    requireRelu(architecture);
    return Rescaling.features(architecture, factors, features);
  }

  private static void requireRelu(LayeredArchitecture architecture) {
    if (architecture.activation() != Activation.RELU) {
      throw Fault.of("positive scaling is no symmetry of " + architecture)
          .expected("activation relu")
          .exception();
    }
  }
}

package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.SplittableRandom;

/**
 * Flips the sign of some hidden neurons or channels of a network with an odd activation (tanh,
 * sine).
 *
 * @param factors ±1, one row per hidden layer
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record SignFlip(float[][] factors) implements Symmetry {
  public SignFlip {
    for (float[] layer : factors) {
      for (float q : layer) {
        if (Math.abs(q) != 1f) {
          throw Fault.of("sign flip").expected("factors ±1").found(q).exception();
        }
      }
    }
  }

  /** Fair signs. */
  public static SignFlip random(LayeredArchitecture architecture, long seed) {
    requireOdd(architecture);
    SplittableRandom random = new SplittableRandom(seed);
    return new SignFlip(Rescaling.draw(architecture, () -> random.nextBoolean() ? 1 : -1));
  }

  @Override
  public float[] apply(LayeredArchitecture architecture, float[] parameters) {
    requireOdd(architecture);
    return Rescaling.parameters(architecture, factors, parameters);
  }

  @Override
  public float[] applyToFeatures(LayeredArchitecture architecture, float[] features) {
    requireOdd(architecture);
    return Rescaling.features(architecture, factors, features);
  }

  private static void requireOdd(LayeredArchitecture architecture) {
    if (architecture.activation() == Activation.RELU) {
      throw Fault.of("sign flips are no symmetry of " + architecture)
          .expected("activation tanh or sine")
          .exception();
    }
  }
}

package io.gradzoo.engine.tensor.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Parameters;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuTrainingTest {
  private static final int SIZE = 1_501;
  private static final int STEPS = 5;

  /** Emulated kernels round as Java does; the gradients' norm is about 39. */
  @ParameterizedTest
  @CsvSource({
    "ADAMW, 0.05, 1",
    "ADAMW, 0, 100",
    "SGD, 0, 3",
    "SGD, 0, 100",
    "ADAM, 0, 1",
    "RMSPROP, 0, 38.5"
  })
  void clippedUpdatesAreThoseOfTheHostToTheBit(OptimizerKind kind, double decay, double largest) {
    Parameters onHost = Parameters.over(gaussian(0));
    Optimizer expected = kind.create(SIZE, decay);
    Parameters onDevice = Parameters.over(gaussian(0));
    Optimizer actual = kind.create(SIZE, decay);
    Accelerator accelerator = EmulatedGpu.accelerator();
    ResidentParameters resident = new ResidentParameters(accelerator, SIZE);
    GpuTraining training = new GpuTraining(accelerator, onDevice, resident);

    training.begin(actual.moments(), largest, STEPS);
    double[] norms = new double[STEPS];
    for (int step = 0; step < STEPS; step++) {
      float[] gradient = gaussian(step + 1);
      accelerator.write(resident.gradients(), gradient, SIZE);
      training.step(actual.next(0.01));
      norms[step] = new GlobalNormClip(largest).apply(gradient);
      expected.step(onHost.values(), gradient, 0.01);
    }
    float[] ofSteps = training.end(actual.moments());

    assertThat(onDevice.values()).isEqualTo(onHost.values());
    for (int moment = 0; moment < expected.moments().length; moment++) {
      assertThat(actual.moments()[moment]).isEqualTo(expected.moments()[moment]);
    }
    assertThat(ofSteps).hasSize(2 * STEPS);
    for (int step = 0; step < STEPS; step++) {
      assertThat((double) ofSteps[2 * step + 1]).isCloseTo(norms[step], within(1e-5));
    }
  }

  private static float[] gaussian(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}

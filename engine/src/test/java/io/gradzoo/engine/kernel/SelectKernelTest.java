package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.Vectors;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectKernelTest {
  static Stream<Kernels> kernels() {
    return Stream.of(CpuKernels.scalar(), CpuKernels.best());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void selectsTheNumbersAtThePlacesAndWritesNothingElse(Kernels kernels) {
    float[] x = Vectors.gaussian(61, 1, 3);
    for (int count : new int[] {0, 1, 15, 16, 33, 144}) {
      int[] places = new SplittableRandom(count).ints(count, 0, 50).toArray();
      float[] y = new float[count + 5];
      kernels.select(places, x, 7, y, 2);
      for (int i = 0; i < count; i++) {
        assertThat(y[2 + i]).isEqualTo(x[7 + places[i]]);
      }
      assertThat(new float[] {y[0], y[1], y[count + 2], y[count + 4]}).containsOnly(0f);
    }
  }
}

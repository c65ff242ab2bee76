package io.gradzoo.engine.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FewRowsTest {
  private static final int ROWS = 2;
  private static final int OUT = 43;
  private static final int[] IN = {37, 20};
  private static final int MANY = 100;

  private final ParameterLayout layout = new ParameterLayout();
  private final Parameter weight =
      layout.add("weight", Initialization.normal(), OUT, IN[0] + IN[1]);
  private final Parameter bias = layout.add("bias", Initialization.normal(), OUT);

  /** The same models by programs for few and for many: only the first turns rows and not W. */
  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "4, true", "4, false"})
  void theBitsAreThoseOfManyRows(int models, boolean biased) {
    assertThat(FewRows.pay(models * ROWS, weight.matrix())).isTrue();
    assertThat(FewRows.pay(MANY * ROWS, weight.matrix())).isFalse();
    assertThat(Arrays.equals(twoPasses(models, models, biased), twoPasses(MANY, models, biased)))
        .isTrue();
  }

  /** Outputs before and after a change of the parameters. */
  private float[] twoPasses(int capacity, int models, boolean biased) {
    Parameters parameters = Parameters.over(layout.initialize(3));
    Tape tape = new Tape(CpuDevice.best(), parameters, capacity, Tape.Mode.INFERENCE);
    Tensor x = tape.input(ROWS, IN[0]);
    Tensor u = tape.input(ROWS, IN[1]);
    Tensor y =
        tape.output(
            biased
                ? tape.affine(weight.matrix(), bias, 2f, x, u)
                : tape.linear(weight.matrix(), x, u));
    tape.seal();
    fill(x.values(), 1);
    fill(u.values(), 2);
    int numbers = models * ROWS * OUT;
    tape.forward(models);
    float[] both = Arrays.copyOf(y.values(), 2 * numbers);
    parameters.values()[weight.offset()] += 1f;
    parameters.values()[bias.offset() + 1] += 1f;
    parameters.changed();
    tape.forward(models);
    System.arraycopy(y.values(), 0, both, numbers, numbers);
    assertThat(both[numbers]).isNotEqualTo(both[0]);
    return both;
  }

  private static void fill(float[] values, int seed) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i + seed);
    }
  }
}

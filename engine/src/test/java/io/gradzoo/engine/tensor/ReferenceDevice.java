package io.gradzoo.engine.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Computes what operations say, formula by formula in double precision, forward only: an oracle,
 * and a device with memory of its own, to which inputs are copied and from which outputs are copied
 * back.
 */
final class ReferenceDevice implements Device {
  private final Set<Class<?>> seen = new HashSet<>();

  /** The kinds of operations that it has computed. */
  Set<Class<?>> seen() {
    return seen;
  }

  @Override
  public Execution compile(Computation computation) {
    return new Execution() {
      @Override
      public void forward(int models, long dropoutSeed) {
        Map<Storage, double[]> numbers = new HashMap<>();
        ReferenceFormulas formulas =
            new ReferenceFormulas(numbers, computation.parameters(), models, dropoutSeed);
        computation.inputs().forEach(input -> numbers.put(input, uploaded(input, models)));
        for (Operation operation : computation.operations()) {
          seen.add(operation.getClass());
          Tensor y = operation.output();
          numbers.put(y.storage(), computed(formulas.of(operation), y, models));
        }
        computation.watched().forEach(between -> download(numbers.get(between), between));
        computation.outputs().forEach(output -> download(numbers.get(output), output));
      }

      @Override
      public void backward() {
        throw new UnsupportedOperationException("forward only");
      }
    };
  }

  private static double[] uploaded(Storage input, int models) {
    double[] values = new double[models * input.sizePerModel()];
    Arrays.setAll(values, k -> input.values()[k % input.values().length]);
    return values;
  }

  private static double[] computed(ReferenceFormulas.Formula formula, Tensor y, int models) {
    double[] values = new double[models * y.rows() * y.width()];
    Arrays.setAll(
        values, k -> formula.at(k / y.width() / y.rows(), k / y.width() % y.rows(), k % y.width()));
    return values;
  }

  private static void download(double[] values, Storage output) {
    for (int k = 0; k < values.length; k++) {
      output.values()[k] = (float) values[k];
    }
  }
}

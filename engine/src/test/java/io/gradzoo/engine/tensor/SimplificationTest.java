package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What a device is given for what was recorded. That the numbers are the same says TapeTest. */
class SimplificationTest {
  private final ParameterLayout layout = new ParameterLayout();
  private final Graphs.Weights weights = Graphs.Weights.register(layout);
  private final Matrix square = weights.square().matrix();

  /** The operations for a computation on x [6, width], seen as a 2 × 3 grid. */
  private List<Operation> operations(BiFunction<Tape, Tensor, Tensor> recording) {
    Computation[] compiled = new Computation[1];
    Device device =
        computation -> {
          compiled[0] = computation;
          return null;
        };
    Parameters parameters = Parameters.over(layout.initialize(1));
    Tape tape = new Tape(device, parameters, 4, Tape.Mode.TRAINING);
    Tensor x = tape.input(6, Graphs.WIDTH);
    tape.output(recording.apply(tape, x));
    tape.seal();
    return compiled[0].operations();
  }

  private List<Class<?>> kinds(BiFunction<Tape, Tensor, Tensor> recording) {
    return operations(recording).stream().<Class<?>>map(Object::getClass).toList();
  }

  @Test
  void aMapOfAMapIsOneMapOfTheFirstOnesInput() {
    List<Operation> operations =
        operations((t, x) -> t.linear(square, t.affine(square, weights.offset(), 2f, x)));

    AffineMap inner = new AffineMap(square, weights.offset(), 2f);
    AffineMap outer = new AffineMap(square, null, 1f);
    assertThat(operations).hasSize(1);
    assertThat(((Linear) operations.get(0)).map()).isEqualTo(new ComposedMap(inner, outer));
  }

  @Test
  void aSumOverRowsGoesBeforeAMapWhoseBiasThenCountsForEachOfThem() {
    List<Operation> operations =
        operations(
            (t, x) -> t.gridSum(t.affine(square, weights.offset(), 2f, x), 2, GridAxis.SECOND));

    assertThat(operations).hasExactlyElementsOfTypes(GridReduce.class, Linear.class);
    assertThat(((Linear) operations.get(1)).map())
        .isEqualTo(new AffineMap(square, weights.offset(), 3 * 2f));
  }

  @Test
  void theSumOfAProductIsOneOperation() {
    assertThat(kinds((t, x) -> t.gridSum(t.product(x, x), 2, GridAxis.FIRST)))
        .containsExactly(GridInnerProduct.class);
  }

  @Test
  void aGridSumTakesInTheMapBeforeAndTheReluAfter() {
    List<Operation> operations =
        operations((t, x) -> t.relu(t.addToRows(t.linear(square, x), t.sumRows(x))));

    assertThat(operations).hasExactlyElementsOfTypes(GridReduce.class, GridAffine.class);
    assertThat(((GridAffine) operations.get(1)).sum().rectified()).isTrue();
  }

  @Test
  void whatTheCallerReadsIsComputedAsItWasRecorded() {
    assertThat(kinds((t, x) -> t.linear(square, t.output(t.linear(square, x)))))
        .containsExactly(Linear.class, Linear.class);
    assertThat(kinds((t, x) -> t.relu(t.output(t.addToRows(x, t.sumRows(x))))))
        .containsExactly(GridReduce.class, GridSum.class, Pointwise.class);
  }

  @Test
  void whatNoOutputDependsOnIsDropped() {
    assertThat(
            kinds(
                (t, x) -> {
                  Tensor h = t.silu(x);
                  t.abs(h);
                  return t.reciprocal(h);
                }))
        .containsExactly(Pointwise.class, Reciprocal.class);
  }
}

package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Named.named;

import io.gradzoo.engine.kernel.CpuKernels;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TapeTest {
  private static final int WIDTH = 5;

  /**
   * What a graph may use: a square and a wide map, a bias, LayerNorm's gain and shift, a table, a
   * number.
   */
  private record Weights(
      Parameter square,
      Parameter wide,
      Parameter bias,
      Parameter offset,
      Parameter gain,
      Parameter shift,
      Parameter table,
      Parameter number) {}

  private final ParameterLayout layout = new ParameterLayout();
  private final Weights weights =
      new Weights(
          layout.add("square", Initialization.linear(WIDTH), WIDTH, WIDTH),
          layout.add("wide", Initialization.linear(2 * WIDTH), 3, 2 * WIDTH),
          layout.add("bias", Initialization.normal(), 3),
          layout.add("offset", Initialization.normal(), WIDTH),
          layout.add("gain", Initialization.constant(1f), WIDTH),
          layout.add("shift", Initialization.constant(0f), WIDTH),
          layout.add("table", Initialization.normal(), 4, WIDTH),
          layout.add("number", Initialization.constant(0.7f)));

  /** A recording on three inputs: x [6, width] seen as a 2 × 3 grid, u [2, width], v [3, width]. */
  @FunctionalInterface
  private interface Graph {
    Tensor record(Tape tape, Weights w, Tensor x, Tensor u, Tensor v);
  }

  static Stream<Named<Graph>> operations() {
    return Stream.of(
        graph("linear", (t, w, x, u, v) -> t.linear(w.square.matrix(), x)),
        graph("linear of two inputs", (t, w, x, u, v) -> t.affine(w.wide.matrix(), w.bias, x, x)),
        graph("doubled bias", (t, w, x, u, v) -> t.affine(w.wide.matrix(), w.bias, 2f, x, x)),
        graph(
            "some columns of a weight",
            (t, w, x, u, v) -> t.linear(w.wide.matrix().columns(WIDTH, 2 * WIDTH), x)),
        graph("layer norm and silu", (t, w, x, u, v) -> t.layerNormSilu(x, w.gain, w.shift)),
        graph(
            "layer norm and silu, made even",
            (t, w, x, u, v) -> t.evenLayerNormSilu(x, w.offset, w.gain, w.shift)),
        graph("silu", (t, w, x, u, v) -> t.silu(x)),
        graph("relu", (t, w, x, u, v) -> t.relu(x)),
        graph("abs", (t, w, x, u, v) -> t.abs(x)),
        graph("unit norm", (t, w, x, u, v) -> t.unitNorm(x)),
        graph("reciprocal", (t, w, x, u, v) -> t.reciprocal(x)),
        graph("product", (t, w, x, u, v) -> t.product(x, t.silu(x))),
        graph("sum", (t, w, x, u, v) -> t.sum(x, t.silu(x), x)),
        graph("shift", (t, w, x, u, v) -> t.shift(x, w.gain)),
        graph("negated shift", (t, w, x, u, v) -> t.silu(t.shiftNegated(x, w.gain))),
        graph(
            "concatenate",
            (t, w, x, u, v) -> t.affine(w.wide.matrix(), w.bias, t.concatenate(x, t.silu(x)))),
        graph("learned scale", (t, w, x, u, v) -> t.scale(x, w.number)),
        graph(
            "grid product with the first axis",
            (t, w, x, u, v) -> t.gridProduct(x, u, GridAxis.FIRST)),
        graph(
            "grid product with the second axis",
            (t, w, x, u, v) -> t.gridProduct(x, v, GridAxis.SECOND)),
        graph("grid sum over the first axis", (t, w, x, u, v) -> t.gridSum(x, 2, GridAxis.FIRST)),
        graph("grid sum over the second axis", (t, w, x, u, v) -> t.gridSum(x, 2, GridAxis.SECOND)),
        graph("grid mean over the first axis", (t, w, x, u, v) -> t.gridMean(x, 2, GridAxis.FIRST)),
        graph(
            "grid mean over the second axis", (t, w, x, u, v) -> t.gridMean(x, 2, GridAxis.SECOND)),
        graph("mean over a band", (t, w, x, u, v) -> t.silu(t.bandMean(new Band(x, 3, 1, 2)))),
        graph("outer sum", (t, w, x, u, v) -> t.silu(t.outerSum(u, v))),
        graph("grid add of two", (t, w, x, u, v) -> t.silu(t.gridAdd(x, u, v))),
        graph(
            "grid add along the first axis",
            (t, w, x, u, v) -> t.silu(t.gridAdd(x, u, GridAxis.FIRST))),
        graph(
            "grid add along the second axis",
            (t, w, x, u, v) -> t.silu(t.gridAdd(x, v, GridAxis.SECOND))),
        graph("grid add of three", (t, w, x, u, v) -> t.silu(t.gridAdd(x, u, v, t.sumRows(x)))),
        graph("add to rows", (t, w, x, u, v) -> t.silu(t.addToRows(x, t.meanRows(v)))),
        graph(
            "a map of a map",
            (t, w, x, u, v) -> t.silu(t.linear(w.square.matrix(), t.linear(w.square.matrix(), x)))),
        graph(
            "biased maps of biased maps",
            (t, w, x, u, v) -> {
              Tensor h = t.affine(w.square.matrix(), w.offset, 2f, x);
              Tensor first = t.affine(w.square.matrix(), w.gain, 3f, h);
              return t.sum(first, t.linear(w.square.matrix(), h));
            }),
        graph(
            "sum of a map over the first axis",
            (t, w, x, u, v) ->
                t.gridSum(t.affine(w.wide.matrix(), w.bias, x, x), 2, GridAxis.FIRST)),
        graph(
            "mean of a map over the second axis",
            (t, w, x, u, v) ->
                t.silu(
                    t.gridMean(t.affine(w.wide.matrix(), w.bias, 2f, x, x), 2, GridAxis.SECOND))),
        graph(
            "sum of a product over the first axis",
            (t, w, x, u, v) -> t.silu(t.gridSum(t.product(x, t.silu(x)), 2, GridAxis.FIRST))),
        graph(
            "sum of a product over the second axis",
            (t, w, x, u, v) -> t.silu(t.gridSum(t.product(t.silu(x), x), 2, GridAxis.SECOND))),
        graph("sum of a square", (t, w, x, u, v) -> t.gridSum(t.product(x, x), 2, GridAxis.FIRST)),
        graph(
            "grid sum of a map",
            (t, w, x, u, v) ->
                t.silu(
                    t.gridAdd(t.affine(w.square.matrix(), w.offset, 2f, x), u, v, t.sumRows(x)))),
        graph(
            "a row added to a map",
            (t, w, x, u, v) -> t.silu(t.addToRows(t.linear(w.square.matrix(), x), t.meanRows(v)))),
        graph(
            "a grid sum whose first term is read again",
            (t, w, x, u, v) -> {
              Tensor h = t.linear(w.square.matrix(), x);
              return t.product(t.silu(t.gridAdd(h, u, v)), h);
            }),
        graph("lookup", (t, w, x, u, v) -> t.silu(t.lookup(w.table, new int[] {3, 0, 0}))),
        graph(
            "added lookup",
            (t, w, x, u, v) -> t.silu(t.addLookup(v, w.table, new int[] {1, 1, 2}))),
        graph(
            "multiplied lookup",
            (t, w, x, u, v) -> t.silu(t.multiplyLookup(v, w.table, new int[] {1, 1, 2}))),
        graph("stack", (t, w, x, u, v) -> t.silu(t.stack(2, List.of(u, t.silu(x), u)))),
        graph("transposed grid", (t, w, x, u, v) -> t.silu(t.gridTranspose(t.silu(x), 2))),
        graph("rows", (t, w, x, u, v) -> t.silu(t.rows(x, 2, 3))),
        graph("reshape", (t, w, x, u, v) -> t.affine(w.wide.matrix(), w.bias, t.silu(u).flatten())),
        graph("dropout", (t, w, x, u, v) -> t.dropout(t.silu(x), 0.4f)),
        graph(
            "a shared input whose gradient buffer is reused",
            (t, w, x, u, v) -> {
              Tensor h = t.layerNormSilu(t.linear(w.square.matrix(), x), w.gain, w.shift);
              return t.sum(
                  t.linear(w.square.matrix(), h),
                  t.product(h, x),
                  t.gridProduct(h, u, GridAxis.FIRST));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void adjointAgreesWithFiniteDifferences(Graph graph) {
    assertThat(
            differences(
                (tape, in) ->
                    List.of(graph.record(tape, weights, in.get(0), in.get(1), in.get(2)))))
        .isLessThan(2e-3);
  }

  /** Nothing is rewritten around an output, so declaring everything an output is the oracle. */
  @Test
  void simplifiedRecordingsGiveTheSameNumbers() {
    Parameters parameters = Parameters.over(layout.initialize(1));
    float[] simplified = mapsAndSums(parameters, (tape, between) -> between);
    float[] asRecorded = mapsAndSums(parameters, Tape::output);
    for (int i = 0; i < asRecorded.length; i++) {
      assertThat(simplified[i])
          .as("number %d", i)
          .isCloseTo(asRecorded[i], within(1e-5f * Math.max(1f, Math.abs(asRecorded[i]))));
    }
  }

  /** Results and parameter gradients. */
  private float[] mapsAndSums(Parameters parameters, BiFunction<Tape, Tensor, Tensor> between) {
    Tape tape = new Tape(CpuKernels.best(), parameters, 2, Tape.Mode.TRAINING);
    Tensor x = tape.input(6, WIDTH);
    Tensor h = between.apply(tape, tape.affine(weights.square.matrix(), weights.offset, x));
    Tensor map = between.apply(tape, tape.affine(weights.square.matrix(), weights.gain, h));
    Tensor sum = tape.gridSum(map, 2, GridAxis.FIRST);
    Tensor product = between.apply(tape, tape.product(tape.scale(x, weights.number), x));
    Tensor cells = between.apply(tape, tape.linear(weights.square.matrix(), tape.silu(x)));
    Tensor added = between.apply(tape, tape.gridAdd(cells, sum, GridAxis.SECOND));
    Tensor y = tape.output(tape.relu(added));
    Tensor z = tape.output(tape.gridSum(product, 3, GridAxis.SECOND));
    tape.seal();
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = (float) Math.sin(i);
    }
    tape.forward(2);
    Arrays.fill(y.gradients(), 0.5f);
    Arrays.fill(z.gradients(), -0.5f);
    parameters.clearGradients();
    tape.backward();
    float[] gradients = parameters.gradients();
    float[] all = Arrays.copyOf(y.values(), y.values().length + gradients.length);
    System.arraycopy(gradients, 0, all, y.values().length, gradients.length);
    return all;
  }

  @Test
  void gradientsOfAnOutputThatIsAlsoReadAddUp() {
    assertThat(
            differences(
                (tape, in) -> {
                  Tensor h = tape.silu(in.get(0));
                  return List.of(h, tape.product(h, h));
                }))
        .isLessThan(2e-3);
  }

  @Test
  void inferenceGivesTheSameNumbersAsTrainingWithLessMemory() {
    Parameters parameters = Parameters.over(layout.initialize(1));
    float[] trained = run(parameters, Tape.Mode.TRAINING);
    assertThat(run(parameters, Tape.Mode.INFERENCE)).isEqualTo(trained);
  }

  @Test
  void changedParametersAreSeenByTheNextPass() {
    Parameters parameters = Parameters.over(layout.initialize(1));
    Tape tape = new Tape(CpuKernels.best(), parameters, 1, Tape.Mode.INFERENCE);
    Tensor x = tape.input(1, WIDTH);
    Tensor y = tape.output(tape.linear(weights.square.matrix(), x));
    tape.seal();
    java.util.Arrays.fill(x.values(), 1f);
    tape.forward(1);
    float before = y.values()[0];
    for (int j = 0; j < WIDTH; j++) {
      parameters.values()[weights.square.offset() + j] *= 3f;
    }
    parameters.changed();
    tape.forward(1);
    assertThat(y.values()[0]).isCloseTo(3f * before, org.assertj.core.data.Offset.offset(1e-5f));
  }

  @Test
  void morePassesThanItsCapacityAreRefused() {
    Tape tape =
        new Tape(CpuKernels.best(), Parameters.over(layout.initialize(1)), 2, Tape.Mode.INFERENCE);
    tape.output(tape.silu(tape.input(1, 1)));
    tape.seal();
    assertThatThrownBy(() -> tape.forward(3)).hasMessage("a tape for 2 models was given 3");
  }

  private float[] run(Parameters parameters, Tape.Mode mode) {
    Tape tape = new Tape(CpuKernels.best(), parameters, 2, mode);
    Tensor x = tape.input(6, WIDTH);
    Tensor h = x;
    for (int i = 0; i < 6; i++) {
      h =
          tape.sum(
              tape.layerNormSilu(
                  tape.linear(weights.square.matrix(), h), weights.gain, weights.shift),
              x);
    }
    Tensor y = tape.output(h);
    tape.seal();
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = (float) Math.sin(i);
    }
    tape.forward(2);
    return y.values().clone();
  }

  private double differences(BiFunction<Tape, List<Tensor>, List<Tensor>> graph) {
    int[][] shapes = {{6, WIDTH}, {2, WIDTH}, {3, WIDTH}};
    return FiniteDifferences.of(layout, shapes, graph).worstError();
  }

  private static Named<Graph> graph(String name, Graph graph) {
    return named(name, graph);
  }
}

package io.gradzoo.engine.tensor;

import static org.junit.jupiter.api.Named.named;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Recordings that between them have every kind of operation, alone and as it is simplified. */
final class Graphs {
  static final int WIDTH = 5;

  /** Rows and width of the three inputs. */
  static final int[][] INPUTS = {{6, WIDTH}, {2, WIDTH}, {3, WIDTH}};

  private Graphs() {}

  /**
   * What a graph may use: a square and a wide map, a bias, LayerNorm's gain and shift, a table, a
   * number.
   */
  record Weights(
      Parameter square,
      Parameter wide,
      Parameter bias,
      Parameter offset,
      Parameter gain,
      Parameter shift,
      Parameter table,
      Parameter number,
      AttentionParameters attention) {

    static Weights register(ParameterLayout layout) {
      return new Weights(
          layout.add("square", Initialization.linear(WIDTH), WIDTH, WIDTH),
          layout.add("wide", Initialization.linear(2 * WIDTH), 3, 2 * WIDTH),
          layout.add("bias", Initialization.normal(), 3),
          layout.add("offset", Initialization.normal(), WIDTH),
          layout.add("gain", Initialization.constant(1f), WIDTH),
          layout.add("shift", Initialization.constant(0f), WIDTH),
          layout.add("table", Initialization.normal(), 4, WIDTH),
          layout.add("number", Initialization.constant(0.7f)),
          new AttentionParameters(
              layout.add("query", Initialization.normal(), 2, WIDTH, WIDTH),
              layout.add("key", Initialization.normal(), 2, WIDTH, WIDTH),
              layout.add("value", Initialization.normal(), 2, WIDTH, WIDTH),
              layout.add("output", Initialization.normal(), 3, 2 * WIDTH)));
    }
  }

  /** A recording on three inputs: x [6, width] seen as a 2 × 3 grid, u [2, width], v [3, width]. */
  @FunctionalInterface
  interface Graph {
    Tensor record(Tape tape, Weights w, Tensor x, Tensor u, Tensor v);
  }

  /** Those whose derivatives agree with differences, for the numbers that they are tested with. */
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
        graph("tanh", (t, w, x, u, v) -> t.tanh(x)),
        graph("sine", (t, w, x, u, v) -> t.sine(1.7f, x)),
        graph("products of rows", (t, w, x, u, v) -> t.rowProducts(1, t.silu(x), v)),
        graph("products of rows in groups", (t, w, x, u, v) -> t.rowProducts(2, x, t.silu(u))),
        graph("products of rows with themselves", (t, w, x, u, v) -> t.rowProducts(1, t.abs(x), x)),
        graph("copies", (t, w, x, u, v) -> t.silu(t.copies(v, 3))),
        graph(
            "patches",
            (t, w, x, u, v) ->
                t.silu(t.patches(t.silu(x).reshape(2, 15), new Window(2, 5, 3, 2, 1, 0)))),
        graph(
            "patches of padded maps, not all of which are seen",
            (t, w, x, u, v) -> t.silu(t.patches(x.reshape(2, 15), new Window(1, 3, 5, 3, 4, 1)))),
        graph(
            "selected rows",
            (t, w, x, u, v) -> t.silu(t.selectRows(t.sum(x, x), new int[] {4, 0, 5, 1}))),
        graph("cross-entropy", (t, w, x, u, v) -> t.crossEntropy(x, t.silu(x))),
        graph("unit norm", (t, w, x, u, v) -> t.unitNorm(x)),
        graph("reciprocal", (t, w, x, u, v) -> t.reciprocal(x)),
        graph("product", (t, w, x, u, v) -> t.product(x, t.silu(x))),
        graph("sum", (t, w, x, u, v) -> t.sum(x, t.silu(x), x)),
        graph("shift", (t, w, x, u, v) -> t.shift(x, w.gain)),
        graph("negated shift", (t, w, x, u, v) -> t.silu(t.shiftNegated(x, w.gain))),
        graph(
            "concatenate",
            (t, w, x, u, v) -> t.affine(w.wide.matrix(), w.bias, t.concatenate(x, t.silu(x)))),
        graph(
            "parameters of each model's own",
            (t, w, x, u, v) -> t.silu(t.ownParameters(w.square, 3, 2))),
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

  /** Those whose derivatives have tests of their own, or that have no derivative by x. */
  static Stream<Named<Graph>> others() {
    return Stream.of(
        graph(
            "attention along the first axis",
            (t, w, x, u, v) -> t.attention(x, 2, GridAxis.FIRST, w.attention)),
        graph(
            "attention along the second axis",
            (t, w, x, u, v) -> t.attention(x, 2, GridAxis.SECOND, w.attention)),
        graph(
            "reweighted mean",
            (t, w, x, u, v) -> {
              Tensor scores = t.linear(w.wide.matrix().columns(0, WIDTH), u).reshape(6, 1);
              Tensor numbers = x.reshape(6 * WIDTH, 1);
              Band first = new Band(numbers, WIDTH, 0, 2);
              return t.reweightedMean(scores, first, new Band(numbers, WIDTH, 1, 3));
            }),
        graph(
            "rectified sum over pairs",
            (t, w, x, u, v) ->
                t.rectifiedPairSum(new Band(x, 3, 0, 2), new Band(x, 3, 0, 3), 0.5f)),
        graph(
            "rectified sum over pairs with a term of their own",
            (t, w, x, u, v) ->
                t.rectifiedPairSum(new Band(x, 3, 0, 2), new Band(x, 3, 0, 3), x, 0.5f)),
        graph("relu of a grid sum", (t, w, x, u, v) -> t.relu(t.gridAdd(x, u, v))));
  }

  private static Named<Graph> graph(String name, Graph graph) {
    return named(name, graph);
  }
}

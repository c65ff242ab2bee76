package io.gradzoo.engine.tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The formulas of operations in double precision, over the numbers of one pass. */
final class ReferenceFormulas {
  /** Number (row, column) of a result, rows counted within model m. */
  @FunctionalInterface
  interface Formula {
    double at(int m, int row, int column);
  }

  private final Map<Class<?>, Function<Operation, Formula>> byKind = new HashMap<>();
  private final Map<Storage, double[]> numbers;
  private final Parameters parameters;
  private final int models;
  private final long dropoutSeed;

  /**
   * @param numbers of everything that has been computed so far
   */
  ReferenceFormulas(
      Map<Storage, double[]> numbers, Parameters parameters, int models, long dropoutSeed) {
    this.numbers = numbers;
    this.parameters = parameters;
    this.models = models;
    this.dropoutSeed = dropoutSeed;
    add(Attention.class, this::attention);
    add(BandMean.class, this::bandMean);
    add(ClassCrossEntropy.class, this::crossEntropy);
    add(Concatenation.class, this::concatenation);
    add(Dropout.class, this::dropout);
    add(EvenLayerNormSilu.class, this::evenLayerNormSilu);
    add(GridAffine.class, this::gridAffine);
    add(GridInnerProduct.class, this::gridInnerProduct);
    add(GridProduct.class, this::gridProduct);
    add(GridReduce.class, this::gridReduce);
    add(GridSum.class, o -> gridSum(o, o.cells() == null ? (m, i, j) -> 0 : of(o.cells())));
    add(GridTranspose.class, this::gridTranspose);
    add(LayerNormSilu.class, this::layerNormSilu);
    add(Linear.class, this::linear);
    add(ParameterScale.class, o -> (m, i, j) -> parameter(o.scale(), 0) * at(o.x(), m, i, j));
    add(
        OwnParameters.class,
        o -> (m, i, j) -> parameter(o.of(), (m * o.output().rows() + i) * o.output().width() + j));
    add(Patches.class, this::patches);
    add(Pointwise.class, this::pointwise);
    add(HadamardProduct.class, o -> (m, i, j) -> at(o.a(), m, i, j) * at(o.b(), m, i, j));
    add(Reciprocal.class, o -> (m, i, j) -> at(o.x(), m, i, j) / squares(row(o.x(), m, i)));
    add(RectifiedPairSum.class, this::rectifiedPairSum);
    add(ReweightedMean.class, this::reweightedMean);
    add(RowProducts.class, this::rowProducts);
    add(RowSelection.class, o -> (m, i, j) -> at(o.x(), m, o.chosen().get(i), j));
    add(RowSlice.class, o -> (m, i, j) -> at(o.x(), m, o.from() + i, j));
    add(
        SignedShift.class,
        o -> (m, i, j) -> o.sign() * at(o.x(), m, i, j) + parameter(o.bias(), j));
    add(Sine.class, o -> (m, i, j) -> Math.sin(o.frequency() * at(o.x(), m, i, j)));
    add(Stack.class, this::stack);
    add(Sum.class, o -> (m, i, j) -> o.inputs().stream().mapToDouble(x -> at(x, m, i, j)).sum());
    add(TableLookup.class, this::tableLookup);
    add(
        UnitNorm.class,
        o -> (m, i, j) -> at(o.x(), m, i, j) / (Math.sqrt(squares(row(o.x(), m, i))) + 1e-10));
  }

  private <T extends Operation> void add(Class<T> kind, Function<T, Formula> formula) {
    byKind.put(kind, operation -> formula.apply(kind.cast(operation)));
  }

  /** The formula of an operation whose inputs have been computed. */
  Formula of(Operation operation) {
    return byKind.get(operation.getClass()).apply(operation);
  }

  private double at(Tensor x, int m, int row, int column) {
    return numbers.get(x.storage())[(m * x.rows() + row) * x.width() + column];
  }

  private Formula of(Tensor x) {
    return (m, i, j) -> at(x, m, i, j);
  }

  private double[] row(Tensor x, int m, int row) {
    return IntStream.range(0, x.width()).mapToDouble(j -> at(x, m, row, j)).toArray();
  }

  private double parameter(Parameter p, int k) {
    return parameters.values()[p.offset() + k];
  }

  private Formula linear(Linear o) {
    return (m, i, j) ->
        map(
            o.map(),
            o.inputs().stream().flatMapToDouble(x -> Arrays.stream(row(x, m, i))).toArray())[j];
  }

  private double[] map(RowMap map, double[] x) {
    if (map instanceof ComposedMap composed) {
      return map(composed.outer(), map(composed.inner(), x));
    }
    AffineMap affine = (AffineMap) map;
    Matrix w = affine.weight();
    double[] y = new double[w.rows()];
    for (int j = 0; j < y.length; j++) {
      y[j] = affine.bias() == null ? 0 : affine.biasFactor() * parameter(affine.bias(), j);
      for (int k = 0; k < x.length; k++) {
        y[j] += parameters.values()[w.offset() + j * w.stride() + k] * x[k];
      }
    }
    return y;
  }

  private Formula attention(Attention o) {
    Grid grid = o.grid();
    double[] p = new double[parameters.values().length];
    Arrays.setAll(p, k -> parameters.values()[k]);
    ReferenceAttention attention = new ReferenceAttention(o.parameters(), p);
    double[] y = new double[models * grid.rows() * o.output().width()];
    boolean first = o.along() == GridAxis.FIRST;
    for (int line = 0; line < models * (first ? grid.second() : grid.first()); line++) {
      int lines = first ? grid.second() : grid.first();
      int start = line / lines * grid.rows() + line % lines * (first ? 1 : grid.second());
      int step = first ? grid.second() : 1;
      int length = first ? grid.first() : grid.second();
      int[] members = IntStream.range(0, length).map(k -> start + k * step).toArray();
      attention.attend(numbers.get(o.x().storage()), members, y);
    }
    return (m, i, j) -> y[(m * grid.rows() + i) * o.output().width() + j];
  }

  private Formula bandMean(BandMean o) {
    return (m, i, j) ->
        IntStream.range(0, o.band().count())
            .mapToDouble(p -> at(o.band(), m, i, p, j))
            .average()
            .orElseThrow();
  }

  private double at(Band band, int m, int line, int row, int column) {
    return at(band.x(), m, line * band.length() + band.from() + row, column);
  }

  private Formula concatenation(Concatenation o) {
    return (m, i, j) -> {
      int column = j;
      for (Tensor x : o.inputs()) {
        if (column < x.width()) {
          return at(x, m, i, column);
        }
        column -= x.width();
      }
      throw new IllegalStateException("column " + j);
    };
  }

  private Formula dropout(Dropout o) {
    long seed = o.seed(dropoutSeed);
    int perModel = o.x().rows() * o.x().width();
    return (m, i, j) ->
        o.keeps(seed, m * perModel + i * o.x().width() + j)
            ? at(o.x(), m, i, j) / (1 - o.rate())
            : 0;
  }

  private Formula layerNormSilu(LayerNormSilu o) {
    return (m, i, j) -> normSilu(row(o.x(), m, i), j, o.gain(), o.shift());
  }

  private Formula evenLayerNormSilu(EvenLayerNormSilu o) {
    return (m, i, j) -> {
      double[] above = row(o.x(), m, i);
      double[] below = row(o.x(), m, i);
      for (int k = 0; k < above.length; k++) {
        above[k] = parameter(o.bias(), k) + above[k];
        below[k] = parameter(o.bias(), k) - below[k];
      }
      return normSilu(above, j, o.gain(), o.shift()) + normSilu(below, j, o.gain(), o.shift());
    };
  }

  private double normSilu(double[] z, int j, Parameter gain, Parameter shift) {
    double mean = Arrays.stream(z).average().orElseThrow();
    double variance = Arrays.stream(z).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    double unit = (z[j] - mean) / Math.sqrt(variance + 1e-5);
    return silu(parameter(gain, j) * unit + parameter(shift, j));
  }

  private static double silu(double x) {
    return x / (1 + Math.exp(-x));
  }

  private Formula pointwise(Pointwise o) {
    return (m, i, j) -> {
      double x = at(o.x(), m, i, j);
      return switch (o.function()) {
        case SILU -> silu(x);
        case RELU -> Math.max(x, 0);
        case ABS -> Math.abs(x);
        case TANH -> Math.tanh(x);
      };
    };
  }

  private Formula crossEntropy(ClassCrossEntropy o) {
    return (m, i, j) -> {
      double[] x = row(o.scores(), m, i);
      double[] t = row(o.shares(), m, i);
      double sum = Arrays.stream(x).map(Math::exp).sum();
      return -IntStream.range(0, x.length)
          .mapToDouble(k -> t[k] * Math.log(Math.exp(x[k]) / sum))
          .sum();
    };
  }

  private Formula rowProducts(RowProducts o) {
    return (m, i, j) -> {
      double[] a = row(o.a(), m, i);
      double[] b = row(o.b(), m, i / o.left() * o.right() + j);
      return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
    };
  }

  private Formula patches(Patches o) {
    Window w = o.window();
    int across = (w.width() + 2 * w.padding() - w.side()) / w.stride() + 1;
    int down = (w.height() + 2 * w.padding() - w.side()) / w.stride() + 1;
    return (m, i, j) -> {
      int sample = i / (down * across);
      int place = i % (down * across);
      int channel = j / (w.side() * w.side());
      int y = place / across * w.stride() + j / w.side() % w.side() - w.padding();
      int x = place % across * w.stride() + j % w.side() - w.padding();
      boolean inside = y >= 0 && y < w.height() && x >= 0 && x < w.width();
      return inside ? at(o.x(), m, sample * w.channels() + channel, y * w.width() + x) : 0;
    };
  }

  private Formula gridAffine(GridAffine o) {
    return gridSum(o.sum(), linear(o.map()));
  }

  private Formula gridSum(GridSum o, Formula cells) {
    return (m, i, j) -> {
      int p = i / o.grid().second();
      int q = i % o.grid().second();
      double sum =
          cells.at(m, i, j)
              + (o.alongFirst() == null ? 0 : at(o.alongFirst(), m, p, j))
              + (o.alongSecond() == null ? 0 : at(o.alongSecond(), m, q, j))
              + (o.everywhere() == null ? 0 : at(o.everywhere(), m, 0, j));
      return o.rectified() ? Math.max(sum, 0) : sum;
    };
  }

  private Formula gridProduct(GridProduct o) {
    int second = o.grid().second();
    return (m, i, j) ->
        at(o.x(), m, i, j) * at(o.v(), m, o.axis() == GridAxis.FIRST ? i / second : i % second, j);
  }

  private Formula gridInnerProduct(GridInnerProduct o) {
    return over(o.grid(), o.summed(), (m, i, j) -> at(o.a(), m, i, j) * at(o.b(), m, i, j));
  }

  private Formula gridReduce(GridReduce o) {
    Formula sum = over(o.grid(), o.summed(), of(o.x()));
    return (m, i, j) -> o.factor() * sum.at(m, i, j);
  }

  private static Formula over(Grid grid, GridAxis summed, Formula cells) {
    return (m, i, j) ->
        summed == GridAxis.FIRST
            ? IntStream.range(0, grid.first())
                .mapToDouble(p -> cells.at(m, p * grid.second() + i, j))
                .sum()
            : IntStream.range(0, grid.second())
                .mapToDouble(q -> cells.at(m, i * grid.second() + q, j))
                .sum();
  }

  private Formula gridTranspose(GridTranspose o) {
    int first = o.grid().first();
    return (m, i, j) -> at(o.x(), m, i % first * o.grid().second() + i / first, j);
  }

  private Formula rectifiedPairSum(RectifiedPairSum o) {
    int inner = o.second().count();
    return (m, i, j) -> {
      double own = o.pairs() == null ? 0 : at(o.pairs(), m, i, j);
      return o.factor()
          * IntStream.range(0, o.first().lines())
              .mapToDouble(
                  line ->
                      Math.max(
                          at(o.first(), m, line, i / inner, j)
                              + at(o.second(), m, line, i % inner, j)
                              + own,
                          0))
              .sum();
    };
  }

  private Formula reweightedMean(ReweightedMean o) {
    int lines = o.scores().rows();
    int inner = o.lower().count();
    return (m, i, j) -> {
      double mean =
          IntStream.range(0, lines)
              .mapToDouble(k -> at(o.scores(), m, k, 0))
              .average()
              .orElseThrow();
      return IntStream.range(0, lines)
          .mapToDouble(
              k ->
                  (1 + at(o.scores(), m, k, 0) - mean)
                      / lines
                      * at(o.upper(), m, k, i / inner, 0)
                      * at(o.lower(), m, k, i % inner, 0))
          .sum();
    };
  }

  private Formula stack(Stack o) {
    int length = o.output().rows() / o.lines();
    return (m, i, j) -> {
      int row = i % length;
      for (Tensor x : o.inputs()) {
        int rows = x.rows() / o.lines();
        if (row < rows) {
          return at(x, m, i / length * rows + row, j);
        }
        row -= rows;
      }
      throw new IllegalStateException("row " + i);
    };
  }

  private Formula tableLookup(TableLookup o) {
    return (m, i, j) -> {
      double t = parameter(o.table(), o.types().get(i) * o.output().width() + j);
      return switch (o.combination()) {
        case ALONE -> t;
        case SUM -> at(o.inputs().get(0), m, i, j) + t;
        case PRODUCT -> at(o.inputs().get(0), m, i, j) * t;
      };
    };
  }

  private static double squares(double[] x) {
    return Arrays.stream(x).map(v -> v * v).sum();
  }
}

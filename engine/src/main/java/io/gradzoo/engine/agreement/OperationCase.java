package io.gradzoo.engine.agreement;

import io.gradzoo.engine.agreement.CaseInputs.CaseParameters;
import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A recording that devices are compared on.
 *
 * @param name of what it records
 * @param recorder records it
 */
public record OperationCase(String name, Recorder recorder) {

  /** Records an output from inputs. */
  interface Recorder {
    Tensor record(Tape tape, CaseInputs in);
  }

  /** Every operation, and a few as tapes simplify them. */
  public static List<OperationCase> all() {
    return List.of(
        of("map", (t, in) -> t.affine(in.of().square().matrix(), in.of().bias(), 2f, in.x())),
        of("map of two inputs", OperationCase::wide),
        of("map by some columns", OperationCase::columns),
        of("map of a map", OperationCase::composed),
        of("layer norm and SiLU", OperationCase::norm),
        of("layer norm and SiLU, even", OperationCase::evenNorm),
        of("SiLU", (t, in) -> t.silu(in.x())),
        of("ReLU", (t, in) -> t.relu(in.x())),
        of("absolute", (t, in) -> t.abs(in.x())),
        of("tanh", (t, in) -> t.tanh(in.x())),
        of("sine", (t, in) -> t.sine(1.7f, in.x())),
        of("products of rows", (t, in) -> t.rowProducts(1, in.x(), t.silu(in.v()))),
        of("products of rows, grouped", OperationCase::grouped),
        of("copies", (t, in) -> t.copies(in.v(), 3)),
        of("patches", (t, in) -> t.patches(maps(in), window(in, 2, 1, 0))),
        of("patches, padded", (t, in) -> t.patches(maps(in), window(in, 3, 2, 1))),
        of("unit norm", (t, in) -> t.unitNorm(in.x())),
        of("reciprocal", (t, in) -> t.reciprocal(t.silu(in.x()))),
        of("product", (t, in) -> t.product(in.x(), t.silu(in.x()))),
        of("sum", (t, in) -> t.sum(in.x(), t.silu(in.x()), in.x(), in.x(), t.abs(in.x()))),
        of("shift", (t, in) -> t.shift(in.x(), in.of().bias())),
        of("shift of the negative", (t, in) -> t.shiftNegated(in.x(), in.of().bias())),
        of("scale", (t, in) -> t.scale(in.x(), in.of().number())),
        of("dropout", (t, in) -> t.dropout(in.x(), 0.3f)),
        of("concatenation", (t, in) -> t.concatenate(in.x(), t.silu(in.x()), in.x())),
        of("transpose", (t, in) -> t.gridTranspose(in.x(), in.sizes().first())),
        of("rows", (t, in) -> t.rows(in.x(), in.sizes().rows() - 1, 1)),
        of("rows in another order", OperationCase::selected),
        of("cross-entropy", (t, in) -> t.crossEntropy(in.x(), t.silu(in.x()))),
        of("stack", (t, in) -> t.stack(in.sizes().first(), List.of(in.x(), in.u()))),
        of("grid product, first", (t, in) -> t.gridProduct(in.x(), in.u(), GridAxis.FIRST)),
        of("grid product, second", (t, in) -> t.gridProduct(in.x(), in.v(), GridAxis.SECOND)),
        of("grid sum, first", (t, in) -> reduced(t, in, t.silu(in.x()), GridAxis.FIRST)),
        of("grid sum, second", (t, in) -> reduced(t, in, t.silu(in.x()), GridAxis.SECOND)),
        of("inner product, first", (t, in) -> reduced(t, in, square(t, in), GridAxis.FIRST)),
        of("inner product, second", (t, in) -> reduced(t, in, square(t, in), GridAxis.SECOND)),
        of("outer sum", (t, in) -> t.outerSum(in.u(), in.v())),
        of("rectified sum of a map", OperationCase::rectifiedMap),
        of("band mean", (t, in) -> t.bandMean(upper(in))),
        of("rectified pairs", (t, in) -> t.rectifiedPairSum(upper(in), lower(in), 0.5f)),
        of("lookup", (t, in) -> t.lookup(in.of().table(), types(in))),
        of("lookup, added", (t, in) -> t.addLookup(in.v(), in.of().table(), types(in))),
        of("lookup, multiplied", (t, in) -> t.multiplyLookup(in.v(), in.of().table(), types(in))),
        of("attention, first", (t, in) -> attention(t, in, GridAxis.FIRST)),
        of("attention, second", (t, in) -> attention(t, in, GridAxis.SECOND)));
  }

  private static OperationCase of(String name, Recorder recorder) {
    return new OperationCase(name, recorder);
  }

  private static Tensor wide(Tape t, CaseInputs in) {
    return t.affine(in.of().wide().matrix(), in.of().bias(), in.x(), t.silu(in.x()));
  }

  private static Tensor columns(Tape t, CaseInputs in) {
    int width = in.sizes().width();
    return t.linear(in.of().wide().matrix().columns(width, 2 * width), in.x());
  }

  private static Tensor composed(Tape t, CaseInputs in) {
    Tensor inner = t.affine(in.of().square().matrix(), in.of().bias(), 3f, in.x());
    return t.affine(in.of().square().matrix(), in.of().shift(), inner);
  }

  private static Tensor norm(Tape t, CaseInputs in) {
    return t.layerNormSilu(in.x(), in.of().gain(), in.of().shift());
  }

  private static Tensor evenNorm(Tape t, CaseInputs in) {
    return t.evenLayerNormSilu(in.x(), in.of().bias(), in.of().gain(), in.of().shift());
  }

  /** Every other row, the last first. */
  private static Tensor selected(Tape t, CaseInputs in) {
    int rows = in.sizes().rows();
    return t.selectRows(in.x(), IntStream.range(0, rows / 2).map(i -> rows - 1 - 2 * i).toArray());
  }

  private static Tensor square(Tape t, CaseInputs in) {
    return t.product(in.x(), t.silu(in.x()));
  }

  private static Tensor grouped(Tape t, CaseInputs in) {
    return t.rowProducts(in.sizes().first(), in.x(), t.silu(in.u()));
  }

  /** The rows of x as maps of one channel. */
  private static Tensor maps(CaseInputs in) {
    return in.x().reshape(in.sizes().first(), in.sizes().second() * in.sizes().width());
  }

  /** Over such maps, of a side that fits them. */
  private static Window window(CaseInputs in, int side, int stride, int padding) {
    int height = in.sizes().second();
    int width = in.sizes().width();
    int most = Math.min(height, width) + 2 * padding;
    return new Window(1, height, width, Math.min(side, most), stride, padding);
  }

  private static Tensor reduced(Tape t, CaseInputs in, Tensor x, GridAxis summed) {
    return t.gridSum(x, in.sizes().first(), summed);
  }

  private static Tensor rectifiedMap(Tape t, CaseInputs in) {
    Tensor cells = t.linear(in.of().square().matrix(), in.x());
    return t.relu(t.gridAdd(cells, in.u(), in.v(), t.meanRows(in.x())));
  }

  private static Band upper(CaseInputs in) {
    int rows = in.sizes().second();
    return new Band(in.x(), rows, rows / 2, rows - rows / 2);
  }

  private static Band lower(CaseInputs in) {
    int rows = in.sizes().second();
    return new Band(in.x(), rows, 0, rows / 2 + 1);
  }

  private static int[] types(CaseInputs in) {
    int[] types = new int[in.sizes().second()];
    Arrays.setAll(types, i -> i * 7 % CaseParameters.TYPES);
    return types;
  }

  private static Tensor attention(Tape t, CaseInputs in, GridAxis axis) {
    return t.attention(in.x(), in.sizes().first(), axis, in.of().attention());
  }

  @Override
  public String toString() {
    return name;
  }
}

package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.tensor.TwoDevices.Results;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Operations in the kernels of a GPU, emulated, on shapes that fill warps and blocks, just miss
 * them, or leave most of them idle.
 */
class EmulatedShapesTest {
  private static final int HEADS = 2;

  private final ParameterLayout layout = new ParameterLayout();
  private int first;
  private int second;
  private int width;
  private int models;
  private Parameter square;
  private Parameter bias;
  private Parameter gain;
  private Parameter shift;
  private Parameter table;
  private Parameter number;
  private AttentionParameters attention;

  @ParameterizedTest(name = "{0} x {1} rows of {2}, {3} models")
  @CsvSource({
    "1, 1, 1, 1",
    "3, 7, 1, 5",
    "2, 3, 33, 3",
    "5, 1, 64, 2",
    "1, 9, 31, 4",
    "4, 40, 8, 2"
  })
  void aGpuComputesWhatTheCpuDoes(int newFirst, int newSecond, int newWidth, int newModels) {
    sizes(newFirst, newSecond, newWidth, newModels);
    int[][] shapes = {{first * second, width}, {first, width}, {second, width}};
    TwoDevices devices = new TwoDevices(layout, shapes, models);

    Results expected = devices.run(CpuDevice.best(), this::record);
    Results actual = devices.run(EmulatedGpu.device(), this::record);
    TwoDevices.requireEqual(actual, expected, 1e-4);

    Results again = devices.run(EmulatedGpu.device(), this::record);
    assertThat(again.parameters()).as("the same bits").isEqualTo(actual.parameters());
    assertThat(Arrays.deepEquals(again.outputs().toArray(), actual.outputs().toArray())).isTrue();
    assertThat(Arrays.deepEquals(again.inputs().toArray(), actual.inputs().toArray())).isTrue();
  }

  private void sizes(int newFirst, int newSecond, int newWidth, int newModels) {
    first = newFirst;
    second = newSecond;
    width = newWidth;
    models = newModels;
    square = layout.add("square", Initialization.linear(width), width, width);
    bias = layout.add("bias", Initialization.normal(), width);
    gain = layout.add("gain", Initialization.constant(1f), width);
    shift = layout.add("shift", Initialization.constant(0f), width);
    table = layout.add("table", Initialization.normal(), 4, width);
    number = layout.add("number", Initialization.constant(0.7f));
    attention =
        new AttentionParameters(
            layout.add("query", Initialization.linear(width), HEADS, width, width),
            layout.add("key", Initialization.linear(width), HEADS, width, width),
            layout.add("value", Initialization.linear(width), HEADS, width, width),
            layout.add("output", Initialization.linear(width), width, HEADS * width));
  }

  /** Each operation once, as an output of its own. */
  private List<Tensor> record(Tape t, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor u = in.get(1);
    Tensor v = in.get(2);
    Tensor h = t.affine(square.matrix(), bias, 2f, x);
    Tensor even = t.evenLayerNormSilu(x, bias, gain, shift);
    int[] types = new int[second];
    Arrays.setAll(types, i -> i * 7 % 4);
    Band upper = new Band(x, second, second / 2, second - second / 2);
    Band lower = new Band(x, second, 0, second / 2 + 1);
    return List.of(
        h,
        even,
        t.layerNormSilu(h, gain, shift),
        t.unitNorm(x),
        t.reciprocal(t.silu(x)),
        t.sum(x, even, h, t.abs(x), t.relu(x)),
        t.gridProduct(t.silu(x), u, GridAxis.FIRST),
        t.gridProduct(x, v, GridAxis.SECOND),
        t.gridSum(t.silu(x), first, GridAxis.FIRST),
        t.gridMean(t.silu(x), first, GridAxis.SECOND),
        t.gridSum(t.product(x, h), first, GridAxis.FIRST),
        t.gridSum(t.product(x, h), first, GridAxis.SECOND),
        t.relu(t.gridAdd(t.linear(square.matrix(), x), u, v, t.meanRows(x))),
        t.outerSum(u, v),
        t.bandMean(upper),
        t.rectifiedPairSum(upper, lower, 0.5f),
        t.multiplyLookup(v, table, types),
        t.addLookup(v, table, types),
        t.lookup(table, types),
        t.dropout(x, 0.3f),
        t.scale(t.shiftNegated(x, bias), number),
        t.concatenate(x, even, h),
        t.gridTranspose(x, first),
        t.rows(x, first * second - 1, 1),
        t.stack(first, List.of(x, u)),
        t.attention(x, first, GridAxis.FIRST, attention),
        t.attention(x, first, GridAxis.SECOND, attention));
  }
}

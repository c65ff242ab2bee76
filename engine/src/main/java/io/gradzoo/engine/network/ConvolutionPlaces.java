package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the products of a convolution find their numbers in {@link LaneMaps}: tables for {@link
 * Kernels#multiplyAtPlaces} and {@link Kernels#outerProducts}.
 */
final class ConvolutionPlaces {
  private static final int LANES = Kernels.LANES;

  /**
   * Places at which the same rows of a matrix meet rows at the same distances.
   *
   * @param matrixRows where the rows of the matrix begin
   * @param rows where the rows of numbers begin, from a place's first on
   * @param from each place's first number in the map that is read
   * @param to each place's first number in the map that is written
   */
  @SuppressWarnings("ArrayRecordComponent") // tables, compared by nobody
  record PlaceGroup(int[] matrixRows, int[] rows, int[] from, int[] to) {}

  private final PlaceGroup forward;
  private final PlaceGroup[] backward;
  private final int[] columns;

  /**
   * @param input with a border as wide as the padding
   */
  ConvolutionPlaces(AffineLayer layer, LaneMaps input, LaneMaps output) {
    Layer.Conv2d convolution = (Layer.Conv2d) layer.layer();
    this.columns = columns(layer, input);
    this.forward = forward(layer, convolution, input, output);
    this.backward = backward(layer, convolution, input, output);
  }

  /**
   * From input to output. The matrix is [fan-in, out] with the fan-in in stored order; places are
   * the positions of the output.
   */
  PlaceGroup forward() {
    return forward;
  }

  /**
   * From the signals of the output to those of the input, whose positions are the places, grouped
   * by the taps of the kernel that reach an output. The matrix is [out, taps, in].
   */
  PlaceGroup[] backward() {
    return backward;
  }

  /** Where each number that a filter sees lies, [fan-in] in stored order, from a place on. */
  int[] columns() {
    return columns;
  }

  private static int[] columns(AffineLayer layer, LaneMaps input) {
    int kernel = layer.kernel();
    int[] columns = new int[layer.fanIn()];
    for (int j = 0; j < columns.length; j++) {
      int channel = j / (kernel * kernel);
      int tap = j % (kernel * kernel);
      int place = input.place(tap / kernel, tap % kernel) - input.place(0, 0);
      columns[j] = place + channel * LANES;
    }
    return columns;
  }

  /** The numbers a filter sees in the order in which they lie in memory. */
  private PlaceGroup forward(
      AffineLayer layer, Layer.Conv2d convolution, LaneMaps input, LaneMaps output) {
    int taps = layer.kernel() * layer.kernel();
    int[] matrixRows = new int[layer.fanIn()];
    int[] rows = new int[layer.fanIn()];
    for (int p = 0; p < rows.length; p++) {
      int j = p % layer.in() * taps + p / layer.in();
      matrixRows[p] = j * layer.out();
      rows[p] = columns[j];
    }
    int width = layer.output().width();
    int[] from = new int[layer.output().positions()];
    int[] to = new int[from.length];
    for (int q = 0; q < from.length; q++) {
      int top = q / width * convolution.stride() - convolution.padding();
      int left = q % width * convolution.stride() - convolution.padding();
      from[q] = input.place(top, left);
      to[q] = output.place(q / width, q % width);
    }
    return new PlaceGroup(matrixRows, rows, from, to);
  }

  private static PlaceGroup[] backward(
      AffineLayer layer, Layer.Conv2d convolution, LaneMaps input, LaneMaps output) {
    Map<List<Integer>, List<Integer>> positionsByTaps = new LinkedHashMap<>();
    for (int position = 0; position < layer.input().positions(); position++) {
      positionsByTaps
          .computeIfAbsent(taps(layer, convolution, position), taps -> new ArrayList<>())
          .add(position);
    }
    List<PlaceGroup> groups = new ArrayList<>();
    positionsByTaps.forEach(
        (taps, positions) ->
            groups.add(backward(layer, convolution, input, output, taps, positions)));
    return groups.toArray(PlaceGroup[]::new);
  }

  private static PlaceGroup backward(
      AffineLayer layer,
      Layer.Conv2d convolution,
      LaneMaps input,
      LaneMaps output,
      List<Integer> taps,
      List<Integer> positions) {
    int kernel = layer.kernel();
    int width = layer.input().width();
    int out = layer.out();
    int[] from = new int[positions.size()];
    int[] to = new int[positions.size()];
    for (int q = 0; q < to.length; q++) {
      int position = positions.get(q);
      to[q] = input.place(position / width, position % width);
      from[q] = taps.isEmpty() ? 0 : outputPlace(layer, convolution, output, position, taps.get(0));
    }
    int[] matrixRows = new int[taps.size() * out];
    int[] rows = new int[taps.size() * out];
    for (int p = 0; p < rows.length; p++) {
      int tap = taps.get(p / out);
      int filter = p % out;
      matrixRows[p] = (filter * kernel * kernel + tap) * layer.in();
      int place = outputPlace(layer, convolution, output, positions.get(0), tap);
      rows[p] = place - from[0] + filter * LANES;
    }
    return new PlaceGroup(matrixRows, rows, from, to);
  }

  /** The taps through which an input position reaches an output, the nearest output first. */
  private static List<Integer> taps(AffineLayer layer, Layer.Conv2d convolution, int position) {
    int kernel = layer.kernel();
    int stride = convolution.stride();
    int y = position / layer.input().width() + convolution.padding();
    int x = position % layer.input().width() + convolution.padding();
    List<Integer> taps = new ArrayList<>();
    for (int tap = kernel * kernel - 1; tap >= 0; tap--) {
      int down = y - tap / kernel;
      int right = x - tap % kernel;
      boolean onOutput = down >= 0 && right >= 0 && down % stride == 0 && right % stride == 0;
      if (onOutput
          && down / stride < layer.output().height()
          && right / stride < layer.output().width()) {
        taps.add(tap);
      }
    }
    return taps;
  }

  private static int outputPlace(
      AffineLayer layer, Layer.Conv2d convolution, LaneMaps output, int position, int tap) {
    int y = position / layer.input().width() + convolution.padding() - tap / layer.kernel();
    int x = position % layer.input().width() + convolution.padding() - tap % layer.kernel();
    return output.place(y / convolution.stride(), x / convolution.stride());
  }
}

package io.gradzoo.engine.symmetry.transformer;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reorders the neurons of a transformer without changing its function (GradMetaNet App. B.2): one
 * permutation for the residual stream at every depth, one for the channels of each head's values,
 * one for the channels of each head's queries and keys together, one for each feed-forward layer.
 * The new neuron at i is the old one at {@code order[space][i]}.
 *
 * @param order a permutation of the neurons of each space, in the order of the layout's spaces;
 *     none leaves its group
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record TransformerPermutation(TransformerArchitecture architecture, int[][] order) {
  public TransformerPermutation {
    List<Space> spaces = architecture.layout().spaces();
    if (order.length != spaces.size()) {
      throw Fault.of("permutation of " + architecture)
          .expected("one for each of " + spaces.size() + " spaces")
          .found(order.length)
          .exception();
    }
    for (int s = 0; s < order.length; s++) {
      requireWithinGroups(spaces.get(s), order[s]);
    }
  }

  /** Uniform within every group. */
  public static TransformerPermutation random(TransformerArchitecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Space> spaces = architecture.layout().spaces();
    int[][] order = new int[spaces.size()][];
    for (int s = 0; s < order.length; s++) {
      Space space = spaces.get(s);
      order[s] = new int[space.width()];
      for (int i = 0; i < order[s].length; i++) {
        int first = i / space.groupWidth() * space.groupWidth();
        int j = first + random.nextInt(i - first + 1);
        order[s][i] = order[s][j];
        order[s][j] = i;
      }
    }
    return new TransformerPermutation(architecture, order);
  }

  /**
   * The transformed parameters, or a gradient or any other numbers of the same layout.
   *
   * @param flat in the parameters' layout
   * @return a new array
   */
  public float[] apply(float[] flat) {
    float[] result = new float[flat.length];
    for (TransformerLayer layer : architecture.layout().layers()) {
      int[] in = order(layer.in());
      int[] out = order(layer.out());
      if (layer instanceof TransformerLayer.Embedding) {
        permute(layer.tensors().get(0), in, out, flat, result);
      } else if (layer instanceof TransformerLayer.LinearMap) {
        permute(layer.tensors().get(0), out, in, flat, result);
        permute(layer.tensors().get(1), new int[1], out, flat, result);
      } else {
        permute(layer.tensors().get(0), new int[1], out, flat, result);
        permute(layer.tensors().get(1), new int[1], out, flat, result);
      }
    }
    return result;
  }

  /**
   * Transforms numbers of the neurons of one space, as taking the transformed transformer's factors
   * would.
   *
   * @param numbers [rows, neurons of the space, channels]
   * @param channels numbers of one neuron
   * @return a new array
   */
  public float[] applyToNeurons(Space space, float[] numbers, int channels) {
    int[] from = order(space);
    float[] result = new float[numbers.length];
    int rowWidth = from.length * channels;
    for (int row = 0; row < numbers.length; row += rowWidth) {
      for (int i = 0; i < from.length; i++) {
        System.arraycopy(numbers, row + from[i] * channels, result, row + i * channels, channels);
      }
    }
    return result;
  }

  private static void permute(
      NamedTensor tensor, int[] rows, int[] columns, float[] from, float[] to) {
    for (int r = 0; r < rows.length; r++) {
      int start = tensor.offset() + r * columns.length;
      int oldStart = tensor.offset() + rows[r] * columns.length;
      for (int c = 0; c < columns.length; c++) {
        to[start + c] = from[oldStart + columns[c]];
      }
    }
  }

  private int[] order(Space space) {
    return order[architecture.layout().spaces().indexOf(space)];
  }

  private static void requireWithinGroups(Space space, int[] order) {
    boolean[] seen = new boolean[space.width()];
    boolean fits = order.length == space.width();
    for (int i = 0; fits && i < order.length; i++) {
      fits =
          order[i] >= 0
              && order[i] < seen.length
              && !seen[order[i]]
              && order[i] / space.groupWidth() == i / space.groupWidth();
      if (fits) {
        seen[order[i]] = true;
      }
    }
    if (!fits) {
      throw Fault.of("permutation of " + space.name())
          .expected(
              "each of "
                  + space.width()
                  + " neurons once, within its group of "
                  + space.groupWidth())
          .exception();
    }
  }
}

package io.gradzoo.engine.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Layer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The theorem of docs/gauge.md, by elimination: of the rescalings of all units of an unrolled
 * convolution network those leave equal weights equal that are constant on each channel. Unknowns
 * are the logarithms of the factors; biases and what follows the convolutions demand nothing here.
 */
class SharedScalingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu:1x5x5:conv2k3s1p0:gap:dense2",
        "relu:2x5x5:conv2k3s1p1:gap:dense2",
        "relu:1x7x7:conv2k3s2p0:conv3k3s1p1:gap:dense2",
        "relu:1x6x6:conv2k2s2p0:conv3k2s1p0:conv2k1s1p0:gap:dense2"
      })
  void whatKeepsWeightsSharedHasOneNumberForEachChannel(String text) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    Unknowns unknowns = new Unknowns(architecture, Pixels.FIXED);

    assertThat(unknowns.count).isEqualTo(GaugeDimension.of(architecture).units());
    assertThat(unknowns.freedom()).isEqualTo(GaugeDimension.of(architecture).channels());
  }

  /** Factors that grow by the same ratio from one position to the next are free then. */
  @Test
  void withoutImagesThatKeepTheirPixelsAsTheyAreThereIsMore() {
    LayeredArchitecture architecture =
        LayeredArchitecture.parse("relu:1x5x5:conv2k3s1p0:gap:dense2");

    assertThat(new Unknowns(architecture, Pixels.FREE).freedom()).isEqualTo(1 + 2 + 2);
  }

  private enum Pixels {
    FIXED,
    FREE
  }

  /** Log-factors of units, and the differences of them that must be nothing. */
  private static final class Unknowns {
    private final int count;
    private final List<double[]> conditions = new ArrayList<>();

    /** Numbers units layer by layer; pixels that are fixed have no number. */
    Unknowns(LayeredArchitecture architecture, Pixels pixels) {
      List<AffineLayer> layers =
          architecture.affineLayers().stream().filter(AffineLayer::convolution).toList();
      int input = pixels == Pixels.FREE ? 0 : -1;
      int first = pixels == Pixels.FREE ? layers.get(0).input().size() : 0;
      int all = first + layers.stream().mapToInt(layer -> layer.output().size()).sum();
      for (AffineLayer layer : layers) {
        addConditions(layer, input, first, all);
        input = first;
        first += layer.output().size();
      }
      count = all;
    }

    /** A kernel's weight is multiplied alike wherever it stands. */
    private void addConditions(AffineLayer layer, int input, int output, int all) {
      Map<Integer, double[]> seen = new HashMap<>();
      for (int out = 0; out < layer.output().size(); out++) {
        for (int in = 0; in < layer.input().size(); in++) {
          int weight = weight(layer, out, in);
          if (weight < 0) {
            continue;
          }
          double[] factor = new double[all];
          factor[output + out] += 1;
          if (input >= 0) {
            factor[input + in] -= 1;
          }
          double[] other = seen.putIfAbsent(weight, factor);
          if (other != null) {
            double[] difference = new double[all];
            for (int i = 0; i < all; i++) {
              difference[i] = factor[i] - other[i];
            }
            conditions.add(difference);
          }
        }
      }
    }

    /** Which weight leads from an input to an output; negative if none does. */
    private static int weight(AffineLayer layer, int out, int in) {
      Layer.Conv2d conv = (Layer.Conv2d) layer.layer();
      int outSide = layer.output().width();
      int inSide = layer.input().width();
      int y = in % (inSide * inSide) / inSide - row(out, outSide) * conv.stride() + conv.padding();
      int x = in % inSide - out % outSide * conv.stride() + conv.padding();
      if (y < 0 || x < 0 || y >= conv.kernel() || x >= conv.kernel()) {
        return -1;
      }
      int channels = out / (outSide * outSide) * layer.in() + in / (inSide * inSide);
      return (channels * conv.kernel() + y) * conv.kernel() + x;
    }

    private static int row(int unit, int side) {
      return unit % (side * side) / side;
    }

    /** Unknowns less the rank of the conditions, by elimination. */
    int freedom() {
      double[][] pivots = new double[count][];
      int rank = 0;
      for (double[] condition : conditions) {
        for (int i = 0; i < count; i++) {
          if (Math.abs(condition[i]) < 1e-9) {
            continue;
          }
          if (pivots[i] == null) {
            pivots[i] = condition;
            rank++;
            break;
          }
          double times = condition[i] / pivots[i][i];
          for (int j = i; j < count; j++) {
            condition[j] -= times * pivots[i][j];
          }
        }
      }
      return count - rank;
    }
  }
}

package io.gradzoo.datasets.network;

import io.gradzoo.datasets.DataException;
import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a model as they come, in the words of an architecture's text form: an activation,
 * the same everywhere, follows every layer with parameters but the last, which is dense.
 */
final class LayerChain {
  private static final String FIX =
      "import plain networks: dense layers and convolutions, one activation, linear outputs";
  private static final String ANY_ACTIVATION = "relu";

  private final Place place;
  private final List<String> stages = new ArrayList<>();
  private final List<FloatTensor> parameters = new ArrayList<>();
  private String activation = "";

  /** Whether an activation is to come before the next layer. */
  private boolean bare;

  /** Whether what comes next reads maps. */
  private boolean maps;

  /**
   * @param maps whether the inputs are maps
   */
  LayerChain(Place place, boolean maps) {
    this.place = place;
    this.maps = maps;
  }

  /**
   * Adds a dense layer.
   *
   * @param weight [out, in]
   * @param bias [out]
   */
  void dense(FloatTensor weight, FloatTensor bias) {
    require(!maps, "maps that are flattened before a dense layer");
    affine(weight, bias, 2);
    stages.add("dense" + weight.shape().get(0));
  }

  /**
   * Adds a convolution.
   *
   * @param weight [out, in, kernel, kernel]
   * @param bias [out]
   */
  void convolution(FloatTensor weight, FloatTensor bias, long stride, long padding) {
    require(maps, "maps before a convolution");
    affine(weight, bias, 4);
    int kernel = weight.shape().get(2);
    require(kernel == weight.shape().get(3), "a square kernel");
    stages.add("conv" + weight.shape().get(0) + "k" + kernel + "s" + stride + "p" + padding);
  }

  /** Adds an activation: relu, tanh, or sine with its frequency. */
  void activation(String name) {
    require(bare, "a layer before each activation");
    require(activation.isEmpty() || activation.equals(name), "the same activation everywhere");
    activation = name;
    bare = false;
  }

  /** Takes the mean of each map. */
  void pool() {
    require(maps && !bare && !parameters.isEmpty(), "pooling of activated maps");
    stages.add("gap");
    maps = false;
  }

  /** Reads maps as one vector, channel by channel. */
  void flatten() {
    maps = false;
  }

  /**
   * The network.
   *
   * @param input its input in an architecture's text; empty if it is not known
   */
  StoredNetwork network(String input) {
    boolean linear = bare && stages.get(stages.size() - 1).startsWith("dense");
    require(linear, "a dense layer without activation at the end");
    String named = activation.isEmpty() ? ANY_ACTIVATION : activation;
    return StoredNetwork.of(
        input.isEmpty() ? "" : named + ":" + input + ":" + String.join(":", stages), parameters);
  }

  /** The error of a model that is no such chain. */
  DataException fault(String expected, String found) {
    return place.fault(expected, found, FIX);
  }

  private void affine(FloatTensor weight, FloatTensor bias, int axes) {
    require(!bare, "an activation between two layers");
    boolean fits =
        weight.shape().size() == axes && bias.shape().equals(List.of(weight.shape().get(0)));
    require(fits, "weights of " + axes + " axes, and a bias for each output");
    parameters.add(weight);
    parameters.add(bias);
    bare = true;
  }

  private void require(boolean holds, String expected) {
    if (!holds) {
      throw fault(expected, "another model, after " + Place.quote(String.join(":", stages)));
    }
  }
}

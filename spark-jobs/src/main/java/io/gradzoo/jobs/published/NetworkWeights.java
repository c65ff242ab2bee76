package io.gradzoo.jobs.published;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.network.FolderDescription;
import io.gradzoo.datasets.network.StoredNetwork;
import io.gradzoo.datasets.network.WeightAxes;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file holds, in this program's words.
 *
 * @param parameters flat, in the architecture's layout
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record NetworkWeights(LayeredArchitecture architecture, float[] parameters) {
  private static final String FIX = "say the architecture of the files in zoo.json or members.csv";

  /**
   * Finds the architecture of a network and puts its numbers in order.
   *
   * @param said architecture that stands beside the file; empty if none does
   * @throws io.gradzoo.datasets.DataException if file and architecture do not fit
   */
  static NetworkWeights of(
      Place place, StoredNetwork network, FolderDescription description, String said) {
    List<FloatTensor> tensors = network.inOrder(place, description.tensors());
    if (tensors.size() % 2 != 0) {
      throw place.fault("a weight and a bias for each layer", tensors.size() + " tensors", FIX);
    }
    String text = said.isEmpty() ? network.architecture() : said;
    LayeredArchitecture architecture =
        parsed(place, text.isEmpty() ? perceptron(place, tensors, description) : text);
    if (!said.isEmpty() && !network.architecture().isEmpty()) {
      LayeredArchitecture own = parsed(place, network.architecture());
      if (!own.equals(architecture)) {
        throw place.fault("architecture " + said, own.id(), FIX);
      }
    }
    return new NetworkWeights(architecture, flat(place, architecture, tensors, description.axes()));
  }

  private static LayeredArchitecture parsed(Place place, String text) {
    try {
      return LayeredArchitecture.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw place.fault("an architecture", Place.quote(text), FIX);
    }
  }

  /** The architecture of a perceptron whose shapes say its layers. */
  private static String perceptron(
      Place place, List<FloatTensor> tensors, FolderDescription description) {
    if (description.activation().isEmpty()) {
      throw place.fault("an architecture, or an activation", "neither", FIX);
    }
    int out = description.axes() == WeightAxes.TORCH ? 0 : 1;
    List<String> text = new ArrayList<>(List.of(description.activation()));
    for (int i = 0; i < tensors.size(); i += 2) {
      List<Integer> shape = tensors.get(i).shape();
      if (shape.size() != 2) {
        throw place.fault("weights of two axes", shape.toString(), FIX);
      }
      if (i == 0) {
        text.add(shape.get(1 - out).toString());
      }
      text.add("dense" + shape.get(out));
    }
    return String.join(":", text);
  }

  private static float[] flat(
      Place place, LayeredArchitecture architecture, List<FloatTensor> tensors, WeightAxes axes) {
    List<AffineLayer> layers = architecture.affineLayers();
    if (2 * layers.size() != tensors.size()) {
      throw place.fault(
          layers.size() + " layers of " + architecture.id(), tensors.size() / 2 + "", FIX);
    }
    float[] parameters = new float[architecture.parameterCount()];
    for (int i = 0; i < layers.size(); i++) {
      AffineLayer layer = layers.get(i);
      FloatTensor weight = tensors.get(2 * i);
      FloatTensor bias = tensors.get(2 * i + 1);
      requireShape(place, weight, shape(layer, axes));
      requireShape(place, bias, List.of(layer.out()));
      copy(layer, weight.values(), axes, parameters);
      System.arraycopy(bias.values(), 0, parameters, layer.biasOffset(), layer.out());
    }
    return parameters;
  }

  private static void copy(AffineLayer layer, float[] weight, WeightAxes axes, float[] parameters) {
    if (axes == WeightAxes.TORCH) {
      System.arraycopy(weight, 0, parameters, layer.weightOffset(), weight.length);
      return;
    }
    int places = layer.kernel() * layer.kernel();
    int to = layer.weightOffset();
    for (int out = 0; out < layer.out(); out++) {
      for (int in = 0; in < layer.in(); in++) {
        for (int place = 0; place < places; place++) {
          parameters[to++] = weight[(place * layer.in() + in) * layer.out() + out];
        }
      }
    }
  }

  /** The shape of a layer's weights. */
  static List<Integer> shape(AffineLayer layer, WeightAxes axes) {
    int kernel = layer.kernel();
    if (axes == WeightAxes.TORCH) {
      return layer.convolution()
          ? List.of(layer.out(), layer.in(), kernel, kernel)
          : List.of(layer.out(), layer.in());
    }
    return layer.convolution()
        ? List.of(kernel, kernel, layer.in(), layer.out())
        : List.of(layer.in(), layer.out());
  }

  /** A shape, or a flat list of as many numbers, which is all that CSV has. */
  private static void requireShape(Place place, FloatTensor tensor, List<Integer> shape) {
    int count = shape.stream().reduce(1, Math::multiplyExact);
    if (!tensor.shape().equals(shape) && !tensor.shape().equals(List.of(count))) {
      throw place.fault("a tensor of shape " + shape, tensor.shape().toString(), FIX);
    }
  }
}

package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.ZipArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A multilayer network that DL4J's {@code ModelSerializer} wrote: a zip whose {@code
 * configuration.json} says the layers and whose {@code coefficients.bin} has their numbers. No
 * other entry is read, Java's serialised objects least of all.
 */
final class Dl4jNetwork {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int LONGEST = 16 << 20;
  private static final String FIX = "write the model again with ModelSerializer.writeModel";

  private final LayerChain chain;
  private final JsonTree preprocessors;
  private final float[] numbers;
  private int taken;

  private Dl4jNetwork(LayerChain chain, JsonTree preprocessors, float[] numbers) {
    this.chain = chain;
    this.preprocessors = preprocessors;
    this.numbers = numbers;
  }

  static StoredNetwork read(Place place, Path file) {
    try (ZipArchive archive = ZipArchive.open(place, file, FIX)) {
      for (String entry : List.of(CONFIGURATION, COEFFICIENTS)) {
        if (!archive.names().contains(entry)) {
          throw place.fault("an entry " + entry, "none", FIX);
        }
      }
      JsonTree configuration = archive.read(CONFIGURATION, Dl4jNetwork::json);
      float[] numbers = archive.read(COEFFICIENTS, Dl4jCoefficients::read);
      return of(place, configuration, numbers);
    }
  }

  private static JsonTree json(Place place, InputStream in, long bytes) throws IOException {
    if (bytes > LONGEST) {
      throw place.fault("at most " + LONGEST + " bytes", bytes + "", FIX);
    }
    return JsonTree.read(place, new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
  }

  private static StoredNetwork of(Place place, JsonTree configuration, float[] numbers) {
    List<JsonTree> layers =
        configuration.get("confs").elements().stream().map(conf -> conf.get("layer")).toList();
    if (layers.isEmpty()) {
      throw place.fault("the layers of a MultiLayerNetwork", "none", FIX);
    }
    JsonTree preprocessors = configuration.get("inputPreProcessors");
    boolean maps = kind(layers.get(0)).equals("ConvolutionLayer");
    Dl4jNetwork network = new Dl4jNetwork(new LayerChain(place, maps), preprocessors, numbers);
    for (int i = 0; i < layers.size(); i++) {
      network.add(layers.get(i), i, i == layers.size() - 1);
    }
    if (network.taken != numbers.length) {
      throw network.chain.fault(network.taken + " numbers", numbers.length + "");
    }
    return network.chain.network(network.input(layers.get(0), maps));
  }

  /** The input in an architecture's text; empty if the size of maps is not said. */
  private String input(JsonTree first, boolean maps) {
    if (!maps) {
      return size(first, "nin") + "";
    }
    JsonTree reader = preprocessors.get("0");
    int height = reader.get("inputHeight").integer();
    int width = reader.get("inputWidth").integer();
    return height < 1 || width < 1 ? "" : size(first, "nin") + "x" + height + "x" + width;
  }

  private void add(JsonTree layer, int index, boolean last) {
    String preprocessor = kind(preprocessors.get(Integer.toString(index)));
    if (preprocessor.equals("CnnToFeedForwardPreProcessor")) {
      chain.flatten();
    } else if (!preprocessor.isEmpty()
        && !(index == 0 && preprocessor.equals("FeedForwardToCnnPreProcessor"))) {
      throw chain.fault("maps that are flattened, at most", Place.quote(preprocessor));
    }
    switch (kind(layer)) {
      case "DenseLayer" -> {
        dense(layer);
        activate(layer);
      }
      case "OutputLayer" -> {
        dense(layer);
        require(layer, last && linear(layer), "softmax with cross-entropy, or the identity");
      }
      case "ConvolutionLayer" -> {
        convolution(layer);
        activate(layer);
      }
      case "GlobalPoolingLayer" -> {
        require(layer, layer.get("poolingType").text().equals("AVG"), "the mean");
        chain.pool();
      }
      case "ActivationLayer" -> activate(layer);
      case "DropoutLayer" -> {}
      default -> require(layer, false, "dense layers, convolutions and global average pooling");
    }
  }

  private void dense(JsonTree layer) {
    requirePlain(layer);
    int in = size(layer, "nin");
    int out = size(layer, "nout");
    // DL4J has [in, out] column by column, which is [out, in] row by row.
    float[] weight = take((long) in * out);
    chain.dense(new FloatTensor(List.of(out, in), weight), bias(layer, out));
  }

  private void convolution(JsonTree layer) {
    requirePlain(layer);
    int in = size(layer, "nin");
    int out = size(layer, "nout");
    int kernel = same(layer, "kernelSize");
    int stride = same(layer, "stride");
    int padding = same(layer, "padding");
    boolean plain =
        List.of("Truncate", "Strict").contains(layer.get("convolutionMode").text())
            && same(layer, "dilation") == 1
            && !layer.get("cnn2dDataFormat").text().equals("NHWC");
    require(layer, plain, "convolutions without dilation, truncated, of channels before places");
    FloatTensor bias = bias(layer, out);
    float[] weight = take((long) in * out * kernel * kernel);
    chain.convolution(
        new FloatTensor(List.of(out, in, kernel, kernel), weight), bias, stride, padding);
  }

  private FloatTensor bias(JsonTree layer, int out) {
    JsonTree has = layer.get("hasBias");
    return FloatTensor.of(has.isNull() || has.isTrue() ? take(out) : new float[out]);
  }

  private void requirePlain(JsonTree layer) {
    require(layer, !layer.get("hasLayerNorm").isTrue(), "layers without normalisation");
  }

  private void activate(JsonTree layer) {
    String activation = activation(layer);
    if (activation.equals("relu") || activation.equals("tanh")) {
      chain.activation(activation);
    } else {
      require(layer, activation.equals("identity"), "relu, tanh or the identity");
    }
  }

  private static boolean linear(JsonTree layer) {
    String activation = activation(layer);
    String loss = kind(layer.get("lossFn"));
    return activation.equals("identity")
        || (activation.equals("softmax")
            && List.of("LossMCXENT", "LossNegativeLogLikelihood").contains(loss));
  }

  private static String activation(JsonTree layer) {
    return kind(layer.get("activationFn")).replaceFirst("^Activation", "").toLowerCase(Locale.ROOT);
  }

  /** The last part of the class that an object names; it is compared with names, never loaded. */
  private static String kind(JsonTree object) {
    String name = object.get("@class").text();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private int size(JsonTree layer, String key) {
    int size = layer.get(key).integer();
    require(layer, size > 0, key + " of 1 or more");
    return size;
  }

  /** The one number of a list for height and width. */
  private int same(JsonTree layer, String key) {
    List<JsonTree> sizes = layer.get(key).elements();
    boolean equal =
        sizes.size() == 2
            && sizes.get(0).integer() >= 0
            && sizes.get(0).integer() == sizes.get(1).integer();
    require(layer, equal, key + " equal in height and width");
    return sizes.get(0).integer();
  }

  private float[] take(long count) {
    if (count > numbers.length - taken) {
      throw chain.fault("at least " + (taken + count) + " numbers", numbers.length + "");
    }
    float[] own = new float[(int) count];
    System.arraycopy(numbers, taken, own, 0, own.length);
    taken += own.length;
    return own;
  }

  private void require(JsonTree layer, boolean holds, String expected) {
    if (!holds) {
      throw chain.fault(expected, "a layer " + Place.quote(kind(layer)));
    }
  }
}

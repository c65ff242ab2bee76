package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows the value of an ONNX graph's one input through its operations. */
final class OnnxNetwork {
  private static final Set<String> PASSED = Set.of("Identity", "Dropout");

  /** What a convolution says whose paddings are numbers. */
  private static final String PADS = "NOTSET";

  private final LayerChain chain;
  private final Map<String, OnnxTensor> constants;
  private String value;

  /** A product with a matrix, whose bias is an addition still to come; null if there is none. */
  private FloatTensor product;

  /** What a value was multiplied by before its sine. */
  private String frequency = "1";

  private OnnxNetwork(LayerChain chain, Map<String, OnnxTensor> constants, String value) {
    this.chain = chain;
    this.constants = new HashMap<>(constants);
    this.value = value;
  }

  static StoredNetwork read(Place place, Path file) {
    try {
      return of(place, OnnxGraph.read(place, Files.readAllBytes(file)));
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }

  private static StoredNetwork of(Place place, OnnxGraph graph) {
    if (graph.inputs().size() != 1) {
      throw place.fault(
          "one input", graph.inputs().size() + "", "export a model that reads one array");
    }
    Map.Entry<String, List<Long>> input = graph.inputs().entrySet().iterator().next();
    boolean maps = input.getValue().size() == 4;
    OnnxNetwork network =
        new OnnxNetwork(new LayerChain(place, maps), graph.constants(), input.getKey());
    graph.nodes().forEach(network::follow);
    network.requireNoProduct();
    return network.chain.network(network.input(input.getValue()));
  }

  /** The input in an architecture's text. */
  private String input(List<Long> shape) {
    List<Long> sizes = shape.subList(Math.min(1, shape.size()), shape.size());
    if (sizes.stream().anyMatch(size -> size < 1) || (sizes.size() != 1 && sizes.size() != 3)) {
      throw chain.fault("an input [batch, n] or [batch, channels, height, width]", shape + "");
    }
    return String.join("x", sizes.stream().map(Object::toString).toList());
  }

  private void follow(OnnxNode node) {
    if (node.outputs().isEmpty()) {
      throw chain.fault("operations with an output", Place.quote(node.operator()));
    }
    if (node.operator().equals("Constant")) {
      node.constant().ifPresent(tensor -> constants.put(node.outputs().get(0), tensor));
      return;
    }
    boolean copy = node.operator().equals("Identity") && node.inputs().size() == 1;
    if (copy && constants.containsKey(node.inputs().get(0))) {
      // PyTorch stores equal parameters once.
      constants.put(node.outputs().get(0), constants.get(node.inputs().get(0)));
      return;
    }
    if (!node.inputs().contains(value)) {
      throw chain.fault("operations that follow each other", Place.quote(node.operator()));
    }
    if (!node.operator().equals("Add")) {
      requireNoProduct();
    }
    apply(node);
    value = node.outputs().get(0);
  }

  private void apply(OnnxNode node) {
    switch (node.operator()) {
      case "Gemm" -> gemm(node);
      case "MatMul" -> product = transposed(constant(node, 1));
      case "Add" -> add(node);
      case "Conv" -> convolution(node);
      case "Relu" -> chain.activation("relu");
      case "Tanh" -> chain.activation("tanh");
      case "Mul" -> frequency = scalar(node);
      case "Sin" -> chain.activation("sine" + frequency);
      case "GlobalAveragePool" -> chain.pool();
      case "ReduceMean" -> mean(node);
      case "Flatten" -> require(node, node.integer("axis", 1) == 1, "axis 1");
      case "Reshape" -> reshape(node);
      default -> require(node, PASSED.contains(node.operator()), "Gemm, Conv, Relu and the like");
    }
    if (node.operator().equals("Flatten")) {
      chain.flatten();
    }
    boolean scaled = node.operator().equals("Mul") || frequency.equals("1");
    require(node, scaled || node.operator().equals("Sin"), "a sine of what was multiplied");
    frequency = node.operator().equals("Mul") ? frequency : "1";
  }

  private void gemm(OnnxNode node) {
    boolean plain =
        node.integer("transA", 0) == 0
            && node.reals().getOrDefault("alpha", 1f) == 1
            && node.reals().getOrDefault("beta", 1f) == 1;
    require(node, plain, "factors of 1");
    FloatTensor weight = constant(node, 1);
    requireAxes(node, weight, 2);
    dense(node.integer("transB", 0) == 1 ? weight : transposed(weight), node);
  }

  private void dense(FloatTensor weight, OnnxNode node) {
    chain.dense(weight, node.inputs().size() > 2 ? constant(node, 2) : zeros(weight));
  }

  private void add(OnnxNode node) {
    require(node, product != null, "a product before each sum");
    int other = node.inputs().get(0).equals(value) ? 1 : 0;
    chain.dense(product, constant(node, other));
    product = null;
  }

  private void convolution(OnnxNode node) {
    FloatTensor weight = constant(node, 1);
    long stride =
        node.integers().getOrDefault("strides", List.of(1L)).stream().findFirst().orElse(1L);
    long padding =
        node.integers().getOrDefault("pads", List.of(0L)).stream().findFirst().orElse(0L);
    boolean plain =
        node.all("strides", stride)
            && node.all("pads", padding)
            && node.all("dilations", 1)
            && node.integer("group", 1) == 1
            && node.texts().getOrDefault("auto_pad", PADS).equals(PADS);
    require(node, plain, "equal strides and paddings, one group and no dilation");
    requireAxes(node, weight, 4);
    chain.convolution(
        weight, node.inputs().size() > 2 ? constant(node, 2) : zeros(weight), stride, padding);
  }

  private void mean(OnnxNode node) {
    List<Long> axes = node.integers().getOrDefault("axes", List.of());
    if (axes.isEmpty() && node.inputs().size() > 1) {
      OnnxTensor given = constants.get(node.inputs().get(1));
      axes = given == null ? List.of() : given.integers();
    }
    boolean both =
        axes.equals(List.of(2L, 3L))
            || axes.equals(List.of(-2L, -1L))
            || axes.equals(List.of(-1L, -2L));
    require(node, both, "axes 2 and 3");
    chain.pool();
  }

  private void reshape(OnnxNode node) {
    OnnxTensor shape = node.inputs().size() > 1 ? constants.get(node.inputs().get(1)) : null;
    boolean flat = shape != null && shape.integers().size() == 2;
    require(node, flat, "a reshape to [batch, numbers]");
    chain.flatten();
  }

  private String scalar(OnnxNode node) {
    FloatTensor factor = constant(node, node.inputs().get(0).equals(value) ? 1 : 0);
    require(node, factor.values().length == 1 && factor.values()[0] > 0, "a positive number");
    return new BigDecimal(Float.toString(factor.values()[0])).stripTrailingZeros().toPlainString();
  }

  private FloatTensor constant(OnnxNode node, int input) {
    OnnxTensor tensor =
        input < node.inputs().size() ? constants.get(node.inputs().get(input)) : null;
    require(node, tensor != null && tensor.floats() != null, "constant float32 parameters");
    return tensor.floats();
  }

  private void requireNoProduct() {
    if (product != null) {
      chain.dense(product, zeros(product));
      product = null;
    }
  }

  private static FloatTensor zeros(FloatTensor weight) {
    return FloatTensor.of(new float[weight.shape().get(0)]);
  }

  private FloatTensor transposed(FloatTensor matrix) {
    if (matrix.shape().size() != 2) {
      throw chain.fault("a matrix", matrix.toString());
    }
    int rows = matrix.shape().get(0);
    int columns = matrix.shape().get(1);
    float[] values = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[column * rows + row] = matrix.values()[row * columns + column];
      }
    }
    return new FloatTensor(List.of(columns, rows), values);
  }

  private void requireAxes(OnnxNode node, FloatTensor weight, int axes) {
    require(node, weight.shape().size() == axes, "weights of " + axes + " axes");
  }

  private void require(OnnxNode node, boolean holds, String expected) {
    if (!holds) {
      throw chain.fault(expected, "operation " + Place.quote(node.operator()));
    }
  }
}

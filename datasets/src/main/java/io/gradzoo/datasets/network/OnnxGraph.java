package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of an ONNX model.
 *
 * @param nodes in the order of the file, which is that of their computation
 * @param constants by name
 * @param inputs shapes of the inputs that are no constants, by name; -1 stands for any size
 */
record OnnxGraph(
    List<OnnxNode> nodes, Map<String, OnnxTensor> constants, Map<String, List<Long>> inputs) {
  private static final int MOST_NODES = 10_000;
  private static final String FIX = "export the model again with an ONNX library";

  static OnnxGraph read(Place place, byte[] file) {
    ProtobufInput model = ProtobufInput.of(place, file);
    OnnxGraph graph = null;
    for (int field = model.next(); field != 0; field = model.next()) {
      if (field == 7) {
        graph = graph(place, model.message());
      } else {
        model.skip();
      }
    }
    if (graph == null) {
      throw place.fault("an ONNX model with a graph", "none", FIX);
    }
    return graph;
  }

  private static OnnxGraph graph(Place place, ProtobufInput in) {
    List<OnnxNode> nodes = new ArrayList<>();
    Map<String, OnnxTensor> constants = new HashMap<>();
    Map<String, List<Long>> inputs = new LinkedHashMap<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> nodes.add(OnnxNode.read(place, in.message()));
        case 5 -> {
          OnnxTensor tensor = OnnxTensor.read(place, in.message());
          constants.put(tensor.name(), tensor);
        }
        case 11 -> input(in.message(), inputs);
        default -> in.skip();
      }
      if (nodes.size() > MOST_NODES) {
        throw place.fault("at most " + MOST_NODES + " operations", "more", FIX);
      }
    }
    inputs.keySet().removeAll(constants.keySet());
    return new OnnxGraph(nodes, constants, inputs);
  }

  private static void input(ProtobufInput in, Map<String, List<Long>> inputs) {
    String name = "";
    List<Long> shape = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> type(in.message(), shape);
        default -> in.skip();
      }
    }
    inputs.put(name, shape);
  }

  /** Of a type, that of a tensor; of that, its shape. */
  private static void type(ProtobufInput in, List<Long> shape) {
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field != 1) {
        in.skip();
        continue;
      }
      ProtobufInput tensor = in.message();
      for (int part = tensor.next(); part != 0; part = tensor.next()) {
        if (part == 2) {
          sizes(tensor.message(), shape);
        } else {
          tensor.skip();
        }
      }
    }
  }

  private static void sizes(ProtobufInput in, List<Long> shape) {
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field != 1) {
        in.skip();
        continue;
      }
      ProtobufInput size = in.message();
      long value = -1;
      for (int part = size.next(); part != 0; part = size.next()) {
        if (part == 1) {
          value = size.integer();
        } else {
          size.skip();
        }
      }
      shape.add(value);
    }
  }
}

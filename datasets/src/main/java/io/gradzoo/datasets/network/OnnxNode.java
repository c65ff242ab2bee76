package io.gradzoo.datasets.network;

import io.gradzoo.datasets.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation of an ONNX graph.
 *
 * @param operator its name, such as {@code Gemm}
 * @param inputs names of values
 * @param outputs names of values
 * @param integers attributes of whole numbers, by name
 * @param reals attributes of one real number, by name
 * @param texts attributes that are words, by name
 * @param constant the attribute {@code value} of a constant
 */
record OnnxNode(
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, List<Long>> integers,
    Map<String, Float> reals,
    Map<String, String> texts,
    Optional<OnnxTensor> constant) {

  static OnnxNode read(Place place, ProtobufInput in) {
    String operator = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, List<Long>> integers = new HashMap<>();
    Map<String, Float> reals = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    Optional<OnnxTensor> constant = Optional.empty();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 4 -> operator = in.text();
        case 5 -> {
          Optional<OnnxTensor> value = attribute(place, in.message(), integers, reals, texts);
          constant = value.isPresent() ? value : constant;
        }
        default -> in.skip();
      }
    }
    return new OnnxNode(operator, inputs, outputs, integers, reals, texts, constant);
  }

  /** The only whole number of an attribute. */
  long integer(String name, long otherwise) {
    List<Long> values = integers.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : otherwise;
  }

  /** Whether an attribute is absent, or a list of this number alone. */
  boolean all(String name, long value) {
    return integers.getOrDefault(name, List.of()).stream().allMatch(each -> each == value);
  }

  private static Optional<OnnxTensor> attribute(
      Place place,
      ProtobufInput in,
      Map<String, List<Long>> integers,
      Map<String, Float> reals,
      Map<String, String> texts) {
    String name = "";
    List<Long> whole = new ArrayList<>();
    Optional<Float> real = Optional.empty();
    Optional<String> text = Optional.empty();
    Optional<OnnxTensor> tensor = Optional.empty();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.text();
        case 2 -> real = Optional.of(in.real());
        case 3 -> whole.add(in.integer());
        case 4 -> text = Optional.of(in.text());
        case 5 -> tensor = Optional.of(OnnxTensor.read(place, in.message()));
        case 8 -> whole.addAll(in.integers());
        default -> in.skip();
      }
    }
    integers.put(name, whole);
    if (real.isPresent()) {
      reals.put(name, real.get());
    }
    if (text.isPresent()) {
      texts.put(name, text.get());
    }
    return name.equals("value") ? tensor : Optional.empty();
  }
}

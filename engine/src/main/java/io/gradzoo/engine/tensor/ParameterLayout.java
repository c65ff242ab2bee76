package io.gradzoo.engine.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The parameters of a metanetwork in the order of their registration, and where each lies in one
 * flat vector.
 */
public final class ParameterLayout {
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private int size;

  /**
   * Appends a parameter.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public Parameter add(String name, Initialization initialization, Integer... shape) {
    Parameter parameter = new Parameter(name, size, List.of(shape), initialization);
    if (byName.putIfAbsent(name, parameter) != null) {
      throw new IllegalArgumentException("parameter " + name + " is registered twice");
    }
    size = Math.addExact(size, parameter.size());
    return parameter;
  }

  /** Length of the flat vector. */
  public int size() {
    return size;
  }

  /** All parameters in order. */
  public List<Parameter> parameters() {
    return new ArrayList<>(byName.values());
  }

  /** The parameter of that name, or null. */
  public Parameter find(String name) {
    return byName.get(name);
  }

  /** A fresh flat vector: each parameter by its own rule, in order, from one seed. */
  public float[] initialize(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (Parameter parameter : byName.values()) {
      parameter.initialization().fill(values, parameter.offset(), parameter.size(), random.split());
    }
    return values;
  }
}

package io.gradzoo.jobs.training;

import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.metanet.gradmetanet.NeuronStatistics;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.jobs.GradzooException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model as a safetensors file: one tensor per parameter by its public name, the
 * statistics its input is standardised with, and as metadata what it is and where it comes from.
 * Equal models give equal bytes.
 *
 * @param metadata what the model is
 * @param tensors parameters and statistics
 */
record ModelFile(SortedMap<String, String> metadata, SortedMap<String, FloatTensor> tensors) {
  private static final String MEAN = "statistics.mean";
  private static final String DEVIATION = "statistics.deviation";

  /**
   * @param parameters flat, in the layout's order
   * @param statistics null for a model that reads weights
   */
  static ModelFile of(
      Map<String, String> metadata,
      ParameterLayout layout,
      float[] parameters,
      NeuronStatistics statistics) {
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    for (Parameter parameter : layout.parameters()) {
      float[] values = new float[parameter.size()];
      System.arraycopy(parameters, parameter.offset(), values, 0, values.length);
      tensors.put(parameter.name(), new FloatTensor(parameter.shape(), values));
    }
    if (statistics != null) {
      tensors.put(MEAN, FloatTensor.of(statistics.mean()));
      tensors.put(DEVIATION, FloatTensor.of(statistics.deviation()));
    }
    return new ModelFile(new TreeMap<>(metadata), tensors);
  }

  /**
   * Reads a file's bytes.
   *
   * @param name of the file, for messages
   */
  static ModelFile parse(String name, byte[] bytes) {
    Safetensors file = Safetensors.parse(name, bytes);
    return new ModelFile(file.metadata(), file.tensors());
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Safetensors.of(metadata, tensors).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * The statistics.
   *
   * @param name of the file, for messages
   * @param layers affine layers of the target networks
   * @throws GradzooException exit code 3 if there are none, or they are for other networks
   */
  NeuronStatistics statistics(String name, int layers) {
    FloatTensor mean = tensors.get(MEAN);
    FloatTensor deviation = tensors.get(DEVIATION);
    int expected = 2 * (layers + 1);
    if (mean == null
        || deviation == null
        || mean.values().length != expected
        || deviation.values().length != expected) {
      throw GradzooException.data(
          "model: %s: expected %s and %s of %d numbers, found others or none (fix: train again)"
              .formatted(name, MEAN, DEVIATION, expected));
    }
    return new NeuronStatistics(mean.values(), deviation.values());
  }

  /**
   * The parameters in a layout's order.
   *
   * @param name of the file, for messages
   * @throws GradzooException exit code 3 naming the first parameters that are missing, superfluous,
   *     of another shape or not finite
   */
  float[] parameters(String name, ParameterLayout layout) {
    float[] flat = new float[layout.size()];
    List<String> problems = new ArrayList<>();
    for (Parameter parameter : layout.parameters()) {
      FloatTensor tensor = tensors.get(parameter.name());
      if (tensor == null || !tensor.shape().equals(parameter.shape())) {
        String found = tensor == null ? "none" : tensor.shape().toString();
        problems.add(parameter.name() + " " + parameter.shape() + " (found " + found + ")");
      } else if (!finite(tensor.values())) {
        problems.add("finite numbers in " + parameter.name());
      } else {
        System.arraycopy(tensor.values(), 0, flat, parameter.offset(), parameter.size());
      }
    }
    for (String tensor : tensors.keySet()) {
      if (layout.find(tensor) == null && !tensor.equals(MEAN) && !tensor.equals(DEVIATION)) {
        problems.add("no " + tensor);
      }
    }
    if (!problems.isEmpty()) {
      throw GradzooException.data(
          "model: "
              + name
              + ": expected "
              + String.join(", ", problems.subList(0, Math.min(3, problems.size())))
              + (problems.size() > 3 ? " and " + (problems.size() - 3) + " more" : "")
              + " (fix: the run's config.json and its model do not belong together; train again)");
    }
    return flat;
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}

package io.gradzoo.datasets.parameters;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.NdArray;
import io.gradzoo.datasets.format.NpzReader;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters of a ScaleGMN by the names of the public implementation ({@code
 * github.com/jkalogero/scalegmn}), so that a model trained with it can be used here:
 *
 * <pre>{@code
 * Metanetwork metanetwork = spec.build();
 * float[] values = PublicParameters.read(Path.of("model.npz"), metanetwork.layout());
 * Parameters parameters = Parameters.over(values);
 * Tape tape = new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE);
 * Program program = metanetwork.compile(architecture, tape);
 * }</pre>
 *
 * <p>The metanetwork's config says {@code compatibility = reference} if it is to do what the public
 * code did.
 */
public final class PublicParameters {
  private static final String ACTION = "parameters";
  private static final String NPZ = ".npz";
  private static final String SAFETENSORS = ".safetensors";
  private static final String PREFIX = "param/";
  private static final int MOST_SHOWN = 3;

  /** A perceptron that the public readout of the full graph allocates and never calls. */
  private static final String UNUSED = "gnn.readout.phi.";

  private PublicParameters() {}

  /**
   * Reads a file of parameters: an npz with one array for each entry of PyTorch's {@code
   * state_dict}, under its name or its name after {@code param/} (other arrays are then left
   * alone), or a safetensors file with one tensor for each. Numbers are cast to float32. What the
   * public code never uses may stand in the file whether or not the layout has it.
   *
   * @param layout of the metanetwork that is to have them
   * @return the flat vector in the layout's order, [layout.size()]
   * @throws io.gradzoo.datasets.DataException if the file cannot be read, or parameters are
   *     missing, of other shapes, unknown to the layout, or not finite
   */
  public static float[] read(Path file, ParameterLayout layout) {
    Place place = Place.of(ACTION, file);
    SortedMap<String, FloatTensor> tensors = tensors(place, file);
    requireFit(place, tensors, layout);
    float[] flat = new float[layout.size()];
    for (Parameter parameter : layout.parameters()) {
      float[] values = tensors.get(parameter.name()).values();
      requireFinite(place, parameter, values);
      System.arraycopy(values, 0, flat, parameter.offset(), values.length);
    }
    return flat;
  }

  private static SortedMap<String, FloatTensor> tensors(Place place, Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    String ending = name.toLowerCase(Locale.ROOT);
    if (ending.endsWith(NPZ)) {
      return npz(file);
    }
    if (ending.endsWith(SAFETENSORS)) {
      return Safetensors.read(file).tensors();
    }
    throw place.fault(
        "a name ending in " + NPZ + " or " + SAFETENSORS,
        Place.quote(name),
        "write the model's state_dict with numpy.savez or safetensors");
  }

  private static SortedMap<String, FloatTensor> npz(Path file) {
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    try (NpzReader npz = NpzReader.open(file)) {
      boolean prefixed = npz.names().stream().anyMatch(name -> name.startsWith(PREFIX));
      for (String name : npz.names()) {
        if (!prefixed) {
          tensors.put(name, tensor(npz.read(name)));
        } else if (name.startsWith(PREFIX)) {
          tensors.put(name.substring(PREFIX.length()), tensor(npz.read(name)));
        }
      }
    }
    return tensors;
  }

  private static FloatTensor tensor(NdArray array) {
    return new FloatTensor(Arrays.stream(array.shape()).boxed().toList(), array.floats());
  }

  private static void requireFit(
      Place place, Map<String, FloatTensor> tensors, ParameterLayout layout) {
    List<String> problems = new ArrayList<>();
    for (Parameter parameter : layout.parameters()) {
      FloatTensor tensor = tensors.get(parameter.name());
      if (tensor == null) {
        problems.add(parameter.name() + " " + parameter.shape() + " (found none)");
      } else if (!tensor.shape().equals(parameter.shape())) {
        problems.add(
            parameter.name() + " " + parameter.shape() + " (found " + tensor.shape() + ")");
      }
    }
    for (String name : tensors.keySet()) {
      if (layout.find(name) == null && !name.startsWith(UNUSED)) {
        problems.add("no " + Place.quote(name));
      }
    }
    if (!problems.isEmpty()) {
      int shown = Math.min(MOST_SHOWN, problems.size());
      int more = problems.size() - shown;
      throw place.fault(
          String.join(", ", problems.subList(0, shown))
              + (more > 0 ? " and " + more + " more" : ""),
          tensors.size() + " parameters",
          "choose the settings and the target networks that the model was trained with");
    }
  }

  private static void requireFinite(Place place, Parameter parameter, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw place
            .member(parameter.name())
            .fault(
                "finite numbers",
                values[i] + " at index " + i,
                "the training diverged: take an earlier checkpoint");
      }
    }
  }
}

package io.gradzoo.jobs.run;

import io.gradzoo.datasets.format.FloatTensor;
import io.gradzoo.datasets.format.Safetensors;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.gradmetanet.InputStatistics;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.example.TaskStatistics;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A trained model as a safetensors file: one tensor per parameter by its public name, the
 * statistics its input is standardised with, and as metadata what it is and where it comes from,
 * with a checksum of all that. Equal models give equal bytes.
 *
 * @param metadata what the model is; without the checksum
 * @param tensors parameters and statistics
 * @param checked whether it was read from a file that had a checksum, or is made here
 */
record ModelFile(
    SortedMap<String, String> metadata, SortedMap<String, FloatTensor> tensors, boolean checked) {
  private static final String CHECKSUM = SealedTensors.CHECKSUM;

  private static final String MEAN = "statistics.mean";
  private static final String DEVIATION = "statistics.deviation";
  private static final String TARGETS = "statistics.targets";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> STATISTICS = Set.of(MEAN, DEVIATION, TARGETS);

  /**
   * @param parameters flat, in the layout's order
   * @param statistics of the training split
   */
  static ModelFile of(
      Map<String, String> metadata,
      ParameterLayout layout,
      float[] parameters,
      TaskStatistics statistics) {
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    SealedTensors.put(tensors, "", layout, parameters, 0);
    if (statistics.input() != null) {
      tensors.put(MEAN, FloatTensor.of(statistics.input().mean()));
      tensors.put(DEVIATION, FloatTensor.of(statistics.input().deviation()));
    }
    if (statistics.targets() != null) {
      float[] targets = {statistics.targets().mean(), statistics.targets().deviation()};
      tensors.put(TARGETS, FloatTensor.of(targets));
    }
    return new ModelFile(new TreeMap<>(metadata), tensors, true);
  }

  /**
   * Reads a file's bytes. One that others wrote may be without a checksum.
   *
   * @param name of the file, for messages
   * @throws GradzooException exit code 3 if the checksum is of another content
   */
  static ModelFile parse(String name, byte[] bytes) {
    Safetensors file = Safetensors.parse(name, bytes);
    SortedMap<String, String> metadata = new TreeMap<>(file.metadata());
    String expected = metadata.remove(CHECKSUM);
    if (expected == null) {
      requireNoOther(name, file);
    } else {
      String found = SealedTensors.checksum(metadata, file.tensors());
      if (!found.equals(expected)) {
        throw damaged(name, "tensors and metadata of SHA-256 " + expected, found);
      }
    }
    return new ModelFile(metadata, file.tensors(), expected != null);
  }

  /** A checksum under another name is one whose name was damaged. */
  private static void requireNoOther(String name, Safetensors file) {
    for (String key : file.metadata().keySet()) {
      SortedMap<String, String> others = new TreeMap<>(file.metadata());
      String value = others.remove(key);
      if (SHA256.matcher(value).matches()
          && value.equals(SealedTensors.checksum(others, file.tensors()))) {
        throw damaged(name, CHECKSUM + " in the metadata", key);
      }
    }
  }

  private static GradzooException damaged(String name, String expected, String found) {
    return GradzooException.data(
        Fault.of("model")
            .at(name)
            .expected(expected)
            .found(found)
            .fix("the file is damaged: fetch it again, or train again"));
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SealedTensors.write(metadata, tensors, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * The statistics.
   *
   * @param name of the file, for messages
   * @param channels that the model's input has
   * @param task what the model predicts
   * @throws GradzooException exit code 3 if there are none, or they are for other networks
   */
  TaskStatistics statistics(String name, int channels, MetanetworkTask task) {
    FloatTensor mean = tensors.get(MEAN);
    FloatTensor deviation = tensors.get(DEVIATION);
    if (mean == null
        || deviation == null
        || mean.values().length != channels
        || deviation.values().length != channels) {
      throw GradzooException.data(
          Fault.of("model")
              .at(name)
              .expected("%s and %s of %d numbers", MEAN, DEVIATION, channels)
              .found("others or none")
              .fix("train again"));
    }
    return new TaskStatistics(
        new InputStatistics(mean.values(), deviation.values()),
        task.standardizes() ? targets(name) : null);
  }

  private TargetStatistics targets(String name) {
    FloatTensor targets = tensors.get(TARGETS);
    if (targets == null || targets.values().length != 2) {
      throw GradzooException.data(
          Fault.of("model")
              .at(name)
              .expected("%s of 2 numbers", TARGETS)
              .found("others or none")
              .fix("train again"));
    }
    return new TargetStatistics(targets.values()[0], targets.values()[1]);
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
    List<String> problems = SealedTensors.copy(tensors, "", layout, flat, 0);
    for (String tensor : tensors.keySet()) {
      if (layout.find(tensor) == null && !STATISTICS.contains(tensor)) {
        problems.add("no " + tensor);
      }
    }
    if (!problems.isEmpty()) {
      throw GradzooException.data(
          Fault.of("model")
              .at(name)
              .expected(SealedTensors.words(problems))
              .fix("the run's config.json and its model do not belong together; train again"));
    }
    return flat;
  }
}

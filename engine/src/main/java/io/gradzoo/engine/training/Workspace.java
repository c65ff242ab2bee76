package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A metanetwork with everything one thread needs to run it: parameters, and a program for each
 * architecture it meets. A batch runs in groups of one architecture, in order of appearance;
 * nothing is allocated once each architecture was seen. Not thread-safe.
 */
public final class Workspace {
  private final Metanetwork metanetwork;
  private final Parameters parameters;
  private final Map<String, Program> training = new HashMap<>();
  private final Map<String, Program> inference = new HashMap<>();
  private final BatchGroups groups = new BatchGroups();

  public Workspace(Metanetwork metanetwork) {
    this.metanetwork = metanetwork;
    this.parameters = Parameters.over(new float[metanetwork.layout().size()]);
  }

  /** The parameters in use and their gradients. */
  Parameters parameters() {
    return parameters;
  }

  /** Takes on other values. */
  public void load(float[] values) {
    if (values.length != parameters.values().length) {
      throw new IllegalArgumentException(
          "metanetwork: expected "
              + parameters.values().length
              + " parameters, found "
              + values.length);
    }
    System.arraycopy(values, 0, parameters.values(), 0, values.length);
    parameters.changed();
  }

  /**
   * Predictions of the examples, each in [0, 1].
   *
   * @return [examples.size()]
   */
  public float[] predict(List<Example> examples) {
    float[] predictions = new float[examples.size()];
    int[] order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
    groups.begin(examples, order, 0, order.length);
    Program program;
    while ((program = load(inference, Tape.Mode.INFERENCE)) != null) {
      program.forward(groups.count());
      for (int slot = 0; slot < groups.count(); slot++) {
        float y = program.output().values()[slot];
        predictions[groups.row(slot)] = SigmoidRegression.prediction(y);
      }
    }
    return predictions;
  }

  /**
   * Adds the gradient of a batch's mean loss to the parameters' gradients.
   *
   * @param order indices into the examples; the batch is {@code order[from … from + batch)}
   * @return the sum of the losses
   */
  double accumulate(List<Example> examples, int[] order, int from, int batch, long dropoutSeed) {
    double loss = 0;
    groups.begin(examples, order, from, batch);
    Program program;
    while ((program = load(training, Tape.Mode.TRAINING)) != null) {
      program.dropoutSeed(dropoutSeed + groups.row(0));
      program.forward(groups.count());
      float[] y = program.output().values();
      float[] dy = program.output().gradients();
      for (int slot = 0; slot < groups.count(); slot++) {
        float target = examples.get(groups.row(slot)).target();
        loss += SigmoidRegression.loss(y[slot], target);
        dy[slot] = SigmoidRegression.slope(y[slot], target, batch);
      }
      program.backward();
    }
    return loss;
  }

  /** The program with the next group loaded, or null after the last. */
  private Program load(Map<String, Program> programs, Tape.Mode mode) {
    String architecture = groups.nextArchitecture();
    if (architecture == null) {
      return null;
    }
    Program program = programs.get(architecture);
    if (program == null) {
      program = compile(architecture, mode);
      programs.put(architecture, program);
    }
    groups.load(program);
    return program;
  }

  private Program compile(String id, Tape.Mode mode) {
    Architecture architecture = Architecture.parse(id);
    return metanetwork.compile(architecture, parameters, metanetwork.groupSize(architecture), mode);
  }
}

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
    eachGroup(
        examples,
        order,
        0,
        order.length,
        inference,
        Tape.Mode.INFERENCE,
        (program, rows, count) -> {
          program.forward(count);
          for (int slot = 0; slot < count; slot++) {
            predictions[rows[slot]] = SigmoidRegression.prediction(program.output().values()[slot]);
          }
        });
    return predictions;
  }

  /**
   * Adds the gradient of a batch's mean loss to the parameters' gradients.
   *
   * @param order indices into the examples; the batch is {@code order[from … from + batch)}
   * @return the sum of the losses
   */
  double accumulate(List<Example> examples, int[] order, int from, int batch, long dropoutSeed) {
    double[] loss = {0};
    eachGroup(
        examples,
        order,
        from,
        batch,
        training,
        Tape.Mode.TRAINING,
        (program, rows, count) -> {
          program.dropoutSeed(dropoutSeed + rows[0]);
          program.forward(count);
          float[] y = program.output().values();
          float[] dy = program.output().gradients();
          for (int slot = 0; slot < count; slot++) {
            float target = examples.get(rows[slot]).target();
            loss[0] += SigmoidRegression.loss(y[slot], target);
            dy[slot] = SigmoidRegression.slope(y[slot], target, batch);
          }
          program.backward();
        });
    return loss[0];
  }

  /** Loads the batch into programs, group by group, and hands each full or last group over. */
  private void eachGroup(
      List<Example> examples,
      int[] order,
      int from,
      int batch,
      Map<String, Program> programs,
      Tape.Mode mode,
      GroupVisitor visitor) {
    boolean[] done = new boolean[batch];
    for (int first = 0; first < batch; first++) {
      if (done[first]) {
        continue;
      }
      String architecture = examples.get(order[from + first]).architecture();
      Program program = programs.computeIfAbsent(architecture, id -> compile(id, mode));
      int[] rows = new int[program.capacity()];
      int count = 0;
      for (int i = first; i < batch; i++) {
        Example example = examples.get(order[from + i]);
        if (!done[i] && example.architecture().equals(architecture)) {
          done[i] = true;
          program.load(count, example.input());
          rows[count++] = order[from + i];
          if (count == rows.length) {
            visitor.visit(program, rows, count);
            count = 0;
          }
        }
      }
      if (count > 0) {
        visitor.visit(program, rows, count);
      }
    }
  }

  private Program compile(String id, Tape.Mode mode) {
    Architecture architecture = Architecture.parse(id);
    return metanetwork.compile(architecture, parameters, metanetwork.groupSize(architecture), mode);
  }

  /** Runs a loaded program. */
  @FunctionalInterface
  private interface GroupVisitor {
    /**
     * @param rows for each slot, the index of its example
     * @param count loaded slots
     */
    void visit(Program program, int[] rows, int count);
  }
}

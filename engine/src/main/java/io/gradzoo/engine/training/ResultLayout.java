package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TensorRange;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * Where the outputs of a program stand among an example's targets. One output is all of them; more
 * are {@link Architecture#resultTensors}. The targets follow the flat layout.
 */
final class ResultLayout {
  private final Program program;
  private final int[] offsets;
  private int targets;

  ResultLayout(Program program, Architecture architecture) {
    this.program = program;
    List<Tensor> outputs = program.outputs();
    this.offsets = new int[outputs.size()];
    if (outputs.size() > 1) {
      place(architecture);
    }
    for (int o = 0; o < offsets.length; o++) {
      targets += count(o);
    }
  }

  private void place(Architecture architecture) {
    List<TensorRange> tensors = architecture.resultTensors();
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = tensors.get(i).offset();
    }
  }

  Program program() {
    return program;
  }

  /**
   * Reads an example's outputs.
   *
   * @param predictions written, as many as the example has targets
   */
  void predict(Objective objective, int slot, Example example, float[] predictions) {
    requireTargets(example);
    for (int o = 0; o < offsets.length; o++) {
      float[] y = program.outputs().get(o).values();
      int from = slot * count(o);
      for (int i = 0; i < count(o); i++) {
        int index = offsets[o] + i;
        predictions[index] = objective.prediction(y[from + i], example, index);
      }
    }
  }

  /**
   * Writes the slopes of an example's mean loss over a batch into the outputs' gradients.
   *
   * @return the example's loss
   */
  double differentiate(Objective objective, int slot, Example example, int batch) {
    requireTargets(example);
    double loss = 0;
    double share = objective.weight(example) / ((double) batch * targets);
    for (int o = 0; o < offsets.length; o++) {
      float[] y = program.outputs().get(o).values();
      float[] dy = program.outputs().get(o).gradients();
      int from = slot * count(o);
      for (int i = 0; i < count(o); i++) {
        int index = offsets[o] + i;
        loss += objective.loss(y[from + i], example, index);
        dy[from + i] = (float) (share * objective.slope(y[from + i], example, index));
      }
    }
    return objective.weight(example) * loss / targets;
  }

  private int count(int output) {
    Tensor tensor = program.outputs().get(output);
    return tensor.rows() * tensor.width();
  }

  private void requireTargets(Example example) {
    if (example.targets().length != targets) {
      throw Fault.of("example " + example.id())
          .expected(targets + " targets, one for each output")
          .found(example.targets().length)
          .exception();
    }
  }
}

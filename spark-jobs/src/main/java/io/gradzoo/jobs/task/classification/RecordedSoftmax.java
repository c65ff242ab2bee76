package io.gradzoo.jobs.task.classification;

import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.NumberLoss.ErrorOfNumber;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.TrainingPass;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.RecordedLoss;
import java.util.Arrays;
import java.util.List;

/** {@link SoftmaxLoss} for devices, recorded behind the numbers of the classes. */
final class RecordedSoftmax implements RecordedLoss {
  private final int classes;
  private final Tensor shares;
  private final Recording recording;

  /**
   * @param metanetwork with one output, [classes]
   */
  RecordedSoftmax(int classes, Tape tape, Recording metanetwork) {
    this.classes = classes;
    this.shares = tape.input(1, classes);
    Tensor scores = metanetwork.outputs().get(0).reshape(1, classes);
    this.recording =
        new Recording(metanetwork.writer(), List.of(tape.crossEntropy(scores, shares)));
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public List<NumberLoss> ofOutputs() {
    return List.of(new NumberLoss(ErrorOfNumber.LINEAR, 1));
  }

  @Override
  public void load(int slot, Example example, int batch, TrainingPass pass) {
    int at = slot * classes;
    Arrays.fill(shares.values(), at, at + classes, 0);
    shares.values()[at + (int) example.target()] = 1;
    pass.shares()[2 * slot] = 1f;
    pass.shares()[2 * slot + 1] = 1f / batch;
  }
}

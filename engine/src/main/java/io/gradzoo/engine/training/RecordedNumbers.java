package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.NumberLoss;
import io.gradzoo.engine.tensor.TrainingPass;
import java.util.Collections;
import java.util.List;

/** {@link ElementwiseLoss} for devices, of the metanetwork's own outputs. */
final class RecordedNumbers implements RecordedLoss {
  private final ElementwiseObjective objective;
  private final Recording recording;
  private final Outputs outputs;

  RecordedNumbers(ElementwiseObjective objective, Recording recording, Architecture architecture) {
    this.objective = objective;
    this.recording = recording;
    this.outputs = new Outputs(recording, architecture);
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public List<NumberLoss> ofOutputs() {
    return Collections.nCopies(outputs.count(), objective.onDevices());
  }

  @Override
  public void load(int slot, Example example, int batch, TrainingPass pass) {
    ElementwiseObjective.requireTargets(outputs, example);
    int at = slot * outputs.numbers();
    for (int o = 0; o < outputs.count(); o++) {
      for (int i = 0; i < outputs.size(o); i++) {
        pass.targets()[at++] = objective.label(example, outputs.offset(o) + i);
      }
    }
    double share = objective.weight(example) / outputs.numbers();
    pass.shares()[2 * slot] = (float) share;
    pass.shares()[2 * slot + 1] = (float) (share / batch);
  }
}

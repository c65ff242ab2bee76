package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradientsConfig.LossKind;
import io.gradzoo.jobs.config.GradientsConfig.SignalKind;
import java.io.Serializable;

/**
 * What is differentiated in every gradient set of a zoo.
 *
 * @param kind where the output signal comes from
 * @param loss the differentiated number
 * @param output which output, if the loss is one
 */
record SignalRule(SignalKind kind, LossKind loss, int output) implements Serializable {

  /**
   * The signal on a part of a probe set.
   *
   * @param set of which it is a part
   * @param first place of the part's first sample in the whole
   */
  Signal on(ProbeSet part, SetDefinition set, int first) {
    return switch (kind) {
      case LABEL -> new Signal.Label(engineLoss(), targets(part, set.architecture().outputs()));
      case MODEL_SAMPLED -> new Signal.ModelSampled(engineLoss(), set.labelSeed(), first);
      case OUTPUT -> new Signal.Output(output);
    };
  }

  /**
   * Refuses a network that the probe set is not for.
   *
   * @throws GradzooException exit code 3, naming the member
   */
  void requireFit(SetDefinition set) {
    String member = set.memberId();
    Architecture architecture = set.architecture();
    ProbeSet probe = set.probe();
    int inputs = probe.inputs().length / probe.samples();
    if (architecture instanceof LayeredArchitecture layers && layers.input().size() != inputs) {
      throw mismatch(member, inputs + " inputs, as the probe set has", layers.input().size());
    }
    if (kind == SignalKind.LABEL && architecture.outputs() != probe.classes()) {
      throw mismatch(
          member, probe.classes() + " outputs, as the labels have classes", architecture.outputs());
    }
    if (kind == SignalKind.OUTPUT && output >= architecture.outputs()) {
      throw mismatch(
          member,
          "more than %d outputs (gradients.output)".formatted(output),
          architecture.outputs());
    }
  }

  private static GradzooException mismatch(String member, String expected, int found) {
    return GradzooException.data(
        Fault.of("gradients compute")
            .at("member " + member)
            .expected(expected)
            .found(found)
            .fix("choose other gradients.members, or another gradients.probe"));
  }

  private Loss engineLoss() {
    return switch (loss) {
      case CE -> Loss.SOFTMAX_CROSS_ENTROPY;
      case MSE_SUM -> Loss.SQUARED_ERROR;
      case HALF_MSE -> Loss.HALF_SQUARED_ERROR;
      case OUTPUT_K -> throw new IllegalStateException("an output has no loss");
    };
  }

  /** Labels, or the unit vectors that they stand for: [samples, outputs]. */
  private Targets targets(ProbeSet probe, int outputs) {
    if (loss == LossKind.CE) {
      return new Targets.Labels(probe.labels());
    }
    float[] values = new float[probe.samples() * outputs];
    for (int sample = 0; sample < probe.samples(); sample++) {
      values[sample * outputs + probe.labels()[sample]] = 1;
    }
    return new Targets.Values(values);
  }
}

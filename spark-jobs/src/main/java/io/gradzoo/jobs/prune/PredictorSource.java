package io.gradzoo.jobs.prune;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.pruning.PredictedAccuracy;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.finetune.OperatorRun;
import io.gradzoo.jobs.run.TrainedModel;
import java.io.Serializable;
import java.util.List;

/**
 * A trained predictor of accuracies, as executors use it.
 *
 * @param name of its model
 * @param identity hash of all that it was trained with
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record PredictorSource(String name, String identity, MetanetworkSpec spec, float[] parameters)
    implements Serializable {

  /**
   * A model as a predictor.
   *
   * @throws GradzooException exit code 2 if it predicts something else, 3 if it was trained on
   *     other networks than the operator
   */
  static PredictorSource of(TrainedModel model, OperatorRun operator) {
    boolean share =
        model.model().task().edits().isEmpty()
            && model
                    .model()
                    .task()
                    .objective(model.statistics().targets(), model.model().outputUnit())
                instanceof ElementwiseObjective.Share;
    if (!share || !(model.spec().build() instanceof ScaleGmn)) {
      throw GradzooException.usage(
          Fault.of("prune")
              .at("--predictor")
              .expected("a ScaleGMN that predicts accuracies")
              .found("%s, which predicts %s", model.model().name(), model.model().task().title()));
    }
    List<String> own = ids(model);
    List<String> wanted = ids(operator.model());
    if (!own.containsAll(wanted)) {
      throw GradzooException.data(
          Fault.of("prune")
              .at("--predictor")
              .expected("a model that was trained on " + String.join(", ", wanted))
              .found("one of " + String.join(", ", own)));
    }
    return new PredictorSource(
        model.model().name(),
        model.config().effective().modelHash(model.model()),
        model.spec(),
        model.parameters());
  }

  private static List<String> ids(TrainedModel model) {
    return model.architectures().stream().map(Architecture::id).toList();
  }

  PredictedAccuracy open(LayeredArchitecture architecture) {
    return new PredictedAccuracy((ScaleGmn) spec.build(), parameters, architecture);
  }
}

package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.editing.Editing;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.training.TrainingJob;
import java.util.List;

/**
 * A trained model that changes networks.
 *
 * @param model the model
 * @param editing what it was trained to make better
 */
public record OperatorRun(TrainedModel model, Editing editing) {
  /**
   * Reads a run; a line says so if other code made it.
   *
   * @throws GradzooException exit code 2 if its model changes no networks, 3 if it is damaged
   */
  public static OperatorRun load(RunDirectory run, JobContext context) {
    TrainedModel model = TrainedModel.load(run, context);
    Editing editing =
        model
            .model()
            .task()
            .edits()
            .orElseThrow(
                () ->
                    GradzooException.usage(
                        Fault.of("finetune")
                            .at("--run")
                            .expected("a model that changes networks")
                            .found("one that predicts " + model.model().task().title())
                            .fix(
                                "train one with head = parameter_deltas, as"
                                    + " conf/amortised-digits.conf")));
    OtherCode.note(
        context,
        run,
        model.codeVersion(),
        TrainingJob.codeVersion(context.tables(), model.config(), model.model()));
    return new OperatorRun(model, editing);
  }

  /** Name of the zoo that it was trained on. */
  public String zoo() {
    return model.config().zoo().name();
  }

  /** What tells it from other models: the hash of all that it was trained with. */
  public String identity() {
    return model.config().effective().modelHash(model.model());
  }

  /**
   * Refuses networks of other architectures, activations included.
   *
   * @param where they are, for messages
   * @throws GradzooException exit code 3
   */
  void requireTrainedOn(Object where, List<String> architectures) {
    List<String> own = model.architectures().stream().map(Architecture::id).toList();
    List<String> others = architectures.stream().filter(id -> !own.contains(id)).toList();
    if (architectures.isEmpty() || !others.isEmpty()) {
      throw GradzooException.data(
          Fault.of("finetune")
              .at(where)
              .expected("networks of " + String.join(" or ", own))
              .found(others.isEmpty() ? "none" : String.join(", ", others))
              .fix("a model that was trained on such networks"));
    }
  }
}

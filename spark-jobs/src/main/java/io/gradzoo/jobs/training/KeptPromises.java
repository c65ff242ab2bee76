package io.gradzoo.jobs.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.example.SplitRuns;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.symmetry.SymmetryCheck;
import io.gradzoo.jobs.symmetry.SymmetryMeasurements;
import java.util.ArrayList;
import java.util.List;

/**
 * How exactly a model that was just trained respects the symmetries that it promises, for its card:
 * measured on a few networks that it was not trained on, changed at random by the seed. Equal
 * trainings give equal lines, and no training fails for them.
 */
final class KeptPromises {
  private KeptPromises() {}

  /**
   * Measures.
   *
   * @param runs of the zoo, by split
   * @return lines of Markdown
   */
  static List<String> of(JobContext context, TrainedModel trained, SplitRuns runs) {
    if (!SymmetryCheck.measurable(trained.model().task())) {
      return List.of("Not measured: only of models that give one number for a network.");
    }
    List<String> heldOut = runs.test().isEmpty() ? runs.validation() : runs.test();
    List<String> lines = new ArrayList<>();
    try {
      SymmetryMeasurements measured = SymmetryCheck.ofHeldOut(silent(context), trained, heldOut);
      lines.add(
          "Measured on up to eight networks of each activation that it was not trained on, five"
              + " random elements each: change of the result before a sigmoid or softmax, relative to the"
              + " root mean square of the results.");
      lines.add("");
      lines.addAll(measured.markdown());
    } catch (Exception | OutOfMemoryError e) { // Spark throws checked ones undeclared
      if (ended(context, e)) {
        throw e;
      }
      Fault fault = Failures.faults(e).get(0);
      lines.add("Not measured: " + fault);
      context
          .progress()
          .note(
              "train %s: symmetries are not measured: %s".formatted(trained.model().name(), fault));
    }
    lines.add("");
    lines.add("`gradzoo symmetry check --run DIR` measures it on more members of the zoo.");
    return lines;
  }

  /**
   * Whether the session was stopped or the thread interrupted: then the training ends too, and
   * begun again goes on after its last round and measures.
   */
  private static boolean ended(JobContext context, Throwable failure) {
    return context.session().sparkContext().isStopped()
        || failure instanceof InterruptedException
        || Thread.currentThread().isInterrupted();
  }

  /** What a training shows is its rounds. */
  private static JobContext silent(JobContext context) {
    return new JobContext(context.config(), context.tables(), Progress.silent());
  }
}

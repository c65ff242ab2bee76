package io.gradzoo.jobs.report;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.curvature.Study;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import java.util.List;

/**
 * Whether a run is of what a report shows beside it: the config, and the members that stand in the
 * zoo.
 */
final class CurrentRun {
  private CurrentRun() {}

  /**
   * Refuses an evaluated model of another config, or one evaluated on other members.
   *
   * @throws GradzooException exit code 3 saying what differs
   */
  static void require(JobContext context, RunDirectory run, Evaluation evaluation) {
    TrainedModel trained = TrainedModel.load(run, context);
    ModelConfig model = trained.model();
    List<String> differences =
        trained.config().effective().modelDifferences(model, context.config().effective());
    if (!differences.isEmpty()) {
      throw GradzooException.data(
          Fault.of("report")
              .at(run)
              .expected("a run that was trained with the config of the report")
              .found(
                  "%s%s",
                  String.join(", ", differences.subList(0, Math.min(3, differences.size()))),
                  differences.size() > 3 ? " and " + (differences.size() - 3) + " more" : "")
              .fix("report with the run's settings, or train again"));
    }
    requireSame(
        run,
        evaluation.members(),
        new TaskExamples(context.tables(), context.config(), model).members(),
        "gradzoo evaluate --run " + run);
  }

  /**
   * Refuses a study that was made of other members than stand in its zoo.
   *
   * @throws GradzooException exit code 3 saying what differs
   */
  static void require(JobContext context, RunDirectory run, Study study) {
    run.read(RunDirectory.CONFIG);
    GradzooConfig config = run.config().load(ConfigUse.study(), context.config().choices());
    requireSame(
        run, study.members(), CurvatureStudy.members(context.tables(), config), "gradzoo study");
  }

  private static void requireSame(
      RunDirectory run, MemberSplits own, MemberSplits standing, String fix) {
    if (!standing.equals(own)) {
      throw GradzooException.data(
          Fault.of("report")
              .at(run)
              .expected("results on the members that stand in the zoo, " + standing.words(own))
              .found(own == null ? "a run that does not say on which" : own.words(standing))
              .fix(fix));
    }
  }
}

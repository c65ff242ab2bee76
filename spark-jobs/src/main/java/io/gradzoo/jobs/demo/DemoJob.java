package io.gradzoo.jobs.demo;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.finetune.RunEvaluation;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.report.WrittenReport;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.training.Resumption;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Job: the whole way of the data, once: zoo, gradient sets, training, evaluation, studies, report.
 * What an earlier run of the same config and code has finished is kept, so an interrupted run is
 * simply started again.
 */
public final class DemoJob implements Job<WrittenReport> {
  private final Function<String, GradzooConfig> presets;
  private final OtherCodePolicy otherCode;
  private final Consumer<JobResult> listener;

  /**
   * @param presets loads the config of a preset
   * @param otherCode what becomes of what other code made from the same settings
   * @param listener told of the result of each stage before the report, as soon as it is there
   */
  public DemoJob(
      Function<String, GradzooConfig> presets,
      OtherCodePolicy otherCode,
      Consumer<JobResult> listener) {
    this.presets = presets;
    this.otherCode = otherCode;
    this.listener = listener;
  }

  /**
   * Runs the missing steps, and writes the report.
   *
   * @throws GradzooException with the exit code of the stage that failed
   */
  @Override
  public WrittenReport run(JobContext context) {
    GradzooConfig config = context.config();
    String zoo = config.zoo().name();
    prepareFolders(config);
    context.tables().begin(MembersTable.SCHEMA.in(zoo));
    makeTables(context);
    UpToDate standing = new UpToDate(context, otherCode);
    for (ModelConfig model : config.models().values()) {
      RunDirectory run = RunDirectory.of(config.storage().runs(), zoo, model.name());
      if (!standing.model(run, model)) {
        listener.accept(new TrainingJob(model.name(), Resumption.SAME_OR_NONE).run(context));
      }
      listener.accept(
          standing.evaluation(run, model)
              ? evaluated(run, model)
              : new RunEvaluation(run, new EvaluationJob(run)).run(context));
    }
    List<RunDirectory> studies = new ArrayList<>();
    if (config.demoStudy().isPresent()) {
      GradzooConfig study = presets.apply(config.demoStudy().get()).withStorage(config.storage());
      studies.add(study(new JobContext(study, context.tables(), context.progress())));
    }
    return new ReportJob(studies).run(context);
  }

  private static JobResult evaluated(RunDirectory run, ModelConfig model) {
    return model.task().edits().isPresent()
        ? EditComparison.parse(run.read(EditComparison.FILE))
        : Evaluation.parse(run.place(Evaluation.FILE), run.read(Evaluation.FILE));
  }

  private RunDirectory study(JobContext context) {
    GradzooConfig config = context.config();
    RunDirectory run = CurvatureStudy.directory(config);
    makeTables(context);
    if (!new UpToDate(context, otherCode).study(run)) {
      listener.accept(new CurvatureStudy().run(context));
    }
    return run;
  }

  private void makeTables(JobContext context) {
    UpToDate standing = new UpToDate(context, otherCode);
    if (!standing.members()) {
      listener.accept(new ZooGeneration(otherCode).run(context));
    }
    if (!standing.gradientSets()) {
      listener.accept(new GradientComputation(otherCode).run(context));
    }
  }

  private static void prepareFolders(GradzooConfig config) {
    for (String model : config.models().keySet()) {
      RunDirectory.of(config.storage().runs(), config.zoo().name(), model).prepare();
    }
    ReportJob.folder(config).prepare();
  }
}

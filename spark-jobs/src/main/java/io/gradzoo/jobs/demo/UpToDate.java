package io.gradzoo.jobs.demo;

import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.curvature.Study;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.finetune.RunEvaluation;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.ZooGeneration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the results of an earlier run are those that the config and this code would give. A line
 * says so, or why not if only the code differs.
 *
 * @param context config and tables
 * @param rule what becomes of the work of other code
 */
record UpToDate(JobContext context, OtherCodePolicy rule) {

  /** The members of the config's zoo. */
  boolean members() {
    return table(
        MembersTable.SCHEMA.in(zoo()),
        context.config().effective().zooHash(),
        ZooGeneration::codeVersion);
  }

  /** The gradient sets of the current members. */
  boolean gradientSets() {
    return table(
        GradientSetsTable.SCHEMA.in(zoo()),
        context.config().effective().gradientsHash(),
        () -> GradientComputation.codeVersion(context, zoo()));
  }

  /** A trained model. */
  boolean model(RunDirectory run, ModelConfig model) {
    GradzooConfig config = context.config();
    return run.has(RunDirectory.MODEL)
        && !TrainedModel.continues(run)
        && TrainedModel.hash(run).equals(config.effective().modelHash(model))
        && TrainedModel.members(run).equals(Optional.of(members(model)))
        && accepts(
            run,
            TrainedModel.codeVersion(run),
            TrainingJob.codeVersion(context.tables(), config, model));
  }

  /**
   * The evaluation of a trained model that is itself up to date, with its comparison if it changes
   * networks.
   */
  boolean evaluation(RunDirectory run, ModelConfig model) {
    return predictions(run, model) && (model.task().edits().isEmpty() || comparison(run, model));
  }

  private boolean comparison(RunDirectory run, ModelConfig model) {
    if (!run.has(EditComparison.FILE)) {
      return false;
    }
    EditComparison comparison = EditComparison.parse(run.read(EditComparison.FILE));
    return accepts(
        run.place(EditComparison.FILE),
        comparison.codeVersion(),
        RunEvaluation.codeVersion(EvaluationJob.codeVersion(context, run, model)));
  }

  private boolean predictions(RunDirectory run, ModelConfig model) {
    if (!run.has(Evaluation.FILE)) {
      return false;
    }
    String file = run.place(Evaluation.FILE);
    byte[] bytes = run.read(Evaluation.FILE);
    if (!Evaluation.readable(bytes)) {
      return false; // an earlier version of the file
    }
    Evaluation evaluation = Evaluation.parse(file, bytes);
    return members(model).equals(evaluation.members())
        && accepts(file, evaluation.codeVersion(), EvaluationJob.codeVersion(context, run, model));
  }

  private MemberSplits members(ModelConfig model) {
    return new TaskExamples(context.tables(), context.config(), model).members();
  }

  /** The study of the config. */
  boolean study(RunDirectory run) {
    if (!run.has(Study.FILE)
        || !CurvatureStudy.hash(run, context.config().choices())
            .equals(context.config().effective().studyHash())) {
      return false;
    }
    String file = run.place(Study.FILE);
    Study study = Study.parse(file, run.read(Study.FILE));
    return CurvatureStudy.members(context.tables(), context.config()).equals(study.members())
        && accepts(run, study.codeVersion(), CurvatureStudy.codeVersion(context));
  }

  private String zoo() {
    return context.config().zoo().name();
  }

  private boolean table(TableId table, String hash, Supplier<String> code) {
    if (!context.tables().exists(table)) {
      return false;
    }
    TableProperties properties = context.tables().describe(table).properties();
    return properties.configHash().equals(hash)
        && accepts(table, properties.codeVersion(), code.get());
  }

  private boolean accepts(Object thing, String found, String code) {
    boolean same = code.equals(found);
    String verdict =
        same
            ? "up to date"
            : "made by other code than this, "
                + (rule == OtherCodePolicy.REUSE ? "reused" : "made again");
    context.progress().note(thing + ": " + verdict);
    return same || rule == OtherCodePolicy.REUSE;
  }
}

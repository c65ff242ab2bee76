package io.gradzoo.jobs.facade;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.evaluation.PredictedMembers;
import io.gradzoo.jobs.evaluation.PredictionJob;
import io.gradzoo.jobs.finetune.EditRule;
import io.gradzoo.jobs.finetune.FileFineTuning;
import io.gradzoo.jobs.finetune.FineTunedFile;
import io.gradzoo.jobs.finetune.FineTunedZoo;
import io.gradzoo.jobs.finetune.FineTuning;
import io.gradzoo.jobs.finetune.RunEvaluation;
import io.gradzoo.jobs.prune.Pruning;
import io.gradzoo.jobs.report.NetworkDetails;
import io.gradzoo.jobs.report.ResultHtml;
import io.gradzoo.jobs.run.CompareRuns;
import io.gradzoo.jobs.run.RunDescription;
import io.gradzoo.jobs.run.RunDifference;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.ShowRun;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.symmetry.SymmetryCheck;
import io.gradzoo.jobs.symmetry.SymmetryMeasurements;
import io.gradzoo.jobs.table.FineTunedTable;
import io.gradzoo.jobs.table.FrameStore;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.training.ReproduceRun;
import io.gradzoo.jobs.training.Reproduction;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What can be done with a trained model. */
public final class RunSteps {
  private final StepRunner steps;
  private final RunDirectory run;

  RunSteps(StepRunner steps, RunDirectory run) {
    this.steps = steps;
    this.run = run;
  }

  /** Where its run directory is: a path, or an {@code hdfs:} URL. */
  public String location() {
    return run.location();
  }

  /** {@code evaluate}: judges it on members of held-out runs, beside its baselines. */
  public StepResult<JobResult> evaluate() {
    return evaluate(new EvaluationJob(run));
  }

  /** {@code evaluate --on-other-members}: on the zoo that stands there, whatever it is. */
  public StepResult<JobResult> evaluateOnOtherMembers() {
    return evaluate(new EvaluationJob(run).onOtherMembers());
  }

  private StepResult<JobResult> evaluate(EvaluationJob job) {
    StepResult<JobResult> evaluated = steps.run(ConfigUse.places(), new RunEvaluation(run, job));
    return steps.command().isPresent() ? evaluated : withNetworks(evaluated);
  }

  /** The same, whose charts say more of the networks that they show. */
  private StepResult<JobResult> withNetworks(StepResult<JobResult> result) {
    Job<ShownNetworks> job =
        context -> {
          String zoo = TrainedModel.load(run, context).config().zoo().name();
          return new ShownNetworks(
              ResultHtml.networks(result.value(), result.tasks(), context.tables(), zoo));
        };
    NetworkDetails networks = steps.run(ConfigUse.places(), job).value().networks();
    return new StepResult<>(result.value(), result.notes(), networks, result.tasks());
  }

  /** {@code predict}: predictions of the members of the config's zoo, as a table. */
  public StepResult<PredictedMembers> predict() {
    return steps.run(ConfigUse.tables(), new PredictionJob(run));
  }

  /**
   * Predictions of members that are not in a table, or in another; nothing is written.
   *
   * @param members with the columns of {@code members}; of a model that reads gradient sets, these
   *     are those of the config's zoo
   * @return a row for each healthy member that the model can read, as {@link #predict()} makes them
   * @throws GradzooException exit code 3 if columns are missing or a member is there twice
   */
  public Dataset<Row> predict(Dataset<Row> members) {
    Job<TableRows> job =
        context -> {
          FrameStore frames =
              FrameStore.of(context.tables(), context.config().zoo().name(), members);
          PredictedMembers predicted = new PredictionJob(run).run(over(context, frames));
          return new TableRows(frames.written(predicted.table()));
        };
    return steps.rows(ConfigUse.tables(), job);
  }

  /** {@code finetune}: changes the members of the zoo that it was trained on, as a new zoo. */
  public StepResult<FineTunedZoo> finetune() {
    return finetune(Optional.empty(), Optional.empty(), EditRule.PLAIN);
  }

  /**
   * {@code finetune}.
   *
   * @param zoo whose members are changed; else that of the run
   * @param into name of the zoo that they become; else that of the other with {@code _tuned}
   * @param rule how far they go, and which of them stay as they are
   */
  public StepResult<FineTunedZoo> finetune(
      Optional<String> zoo, Optional<String> into, EditRule rule) {
    return steps.run(ConfigUse.places(), new FineTuning(run, zoo, into, rule));
  }

  /**
   * {@code finetune --network}: changes the network of one file, as another file.
   *
   * @param files where it comes from and goes to
   * @param rule how far it goes, and whether it stays as it is
   */
  public StepResult<FineTunedFile> finetuneFile(FileFineTuning.NetworkPaths files, EditRule rule) {
    return steps.run(ConfigUse.places(), new FileFineTuning(run, files, rule));
  }

  /**
   * What becomes of members that are not in a table, or in another; nothing is written.
   *
   * @param members with the columns of {@code members}; if there is a column {@code mask}, as
   *     {@code pruned} has it, what it prunes stays 0
   * @return rows of {@code members} again, one for each that the model can read, with their masks
   * @throws GradzooException exit code 3 if columns are missing, a member is there twice, or a mask
   *     is of another network
   */
  public Dataset<Row> finetune(Dataset<Row> members) {
    Job<TableRows> job =
        context -> {
          String zoo = TrainedModel.load(run, context).config().zoo().name();
          FrameStore frames = FrameStore.of(context.tables(), zoo, members);
          FineTunedZoo changed =
              new FineTuning(run, Optional.empty(), Optional.empty(), EditRule.PLAIN)
                  .run(over(context, frames));
          Dataset<Row> rows = frames.written(MembersTable.SCHEMA.in(changed.zoo()));
          return new TableRows(
              FrameStore.hasMasks(members.schema())
                  ? rows.join(masks(frames, changed.zoo()), MembersTable.MEMBER_ID)
                  : rows);
        };
    return steps.rows(ConfigUse.places(), job);
  }

  /**
   * {@code prune}: prunes the best held-out members of its zoo in several ways, as a new zoo.
   *
   * @param predictor run directory of a model that predicts accuracies, if there is one
   * @param members count
   * @param into name of the zoo that they become; else that of its own with {@code _pruned}
   */
  public StepResult<PruningComparison> prune(
      Optional<String> predictor, int members, Optional<String> into) {
    return steps.run(
        ConfigUse.places(),
        new Pruning(
            run, new Pruning.PruningOptions(predictor.map(RunDirectory::new), members, into)));
  }

  private static Dataset<Row> masks(FrameStore frames, String zoo) {
    return frames
        .written(FineTunedTable.SCHEMA.in(zoo))
        .select(FineTunedTable.MEMBER_ID, FineTunedTable.MASK);
  }

  private static JobContext over(JobContext context, FrameStore frames) {
    return new JobContext(context.config(), frames, context.progress());
  }

  /** {@code runs show}: what it is and where it comes from; its files are checked. */
  public StepResult<RunDescription> show() {
    return steps.run(ConfigUse.places(), new ShowRun(run));
  }

  /** {@code runs compare}: in what it differs from another. */
  public StepResult<RunDifference> compareWith(Path other) {
    return compareWith(other.toString());
  }

  /**
   * Likewise.
   *
   * @param other a path of this machine, or an {@code hdfs:} URL
   */
  public StepResult<RunDifference> compareWith(String other) {
    return steps.run(ConfigUse.places(), new CompareRuns(run, new RunDirectory(other)));
  }

  /** {@code runs reproduce}: trains it again, and compares the bytes. */
  public StepResult<Reproduction> reproduce() {
    return steps.run(ConfigUse.places(), new ReproduceRun(run));
  }

  /** {@code symmetry check}: how far results move when members are permuted and rescaled. */
  public StepResult<SymmetryMeasurements> checkSymmetries() {
    return checkSymmetries(Optional.empty());
  }

  /**
   * {@code symmetry check}.
   *
   * @param zoo whose members are taken; else that of the run
   */
  public StepResult<SymmetryMeasurements> checkSymmetries(Optional<String> zoo) {
    return steps.run(ConfigUse.places(), new SymmetryCheck(run, zoo));
  }
}

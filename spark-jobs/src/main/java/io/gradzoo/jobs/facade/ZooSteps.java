package io.gradzoo.jobs.facade;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.curvature.PublishedStudy;
import io.gradzoo.jobs.curvature.StudyRows;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.gradients.GradientSets;
import io.gradzoo.jobs.gradients.GradientVerification;
import io.gradzoo.jobs.gradients.Verification;
import io.gradzoo.jobs.published.ExportFormat;
import io.gradzoo.jobs.published.ExportedZoo;
import io.gradzoo.jobs.published.ImportedZoo;
import io.gradzoo.jobs.published.ZooExport;
import io.gradzoo.jobs.published.ZooFormat;
import io.gradzoo.jobs.report.ReportJob;
import io.gradzoo.jobs.report.WrittenReport;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.ExpiryRule;
import io.gradzoo.jobs.table.FrameStore;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.ZooVersion;
import io.gradzoo.jobs.training.Resumption;
import io.gradzoo.jobs.training.TrainedRun;
import io.gradzoo.jobs.training.TrainingJob;
import io.gradzoo.jobs.zoo.CompareSnapshots;
import io.gradzoo.jobs.zoo.ExpireSnapshots;
import io.gradzoo.jobs.zoo.ExpiredSnapshots;
import io.gradzoo.jobs.zoo.RegeneratedZoo;
import io.gradzoo.jobs.zoo.ShowZoo;
import io.gradzoo.jobs.zoo.SnapshotDifference;
import io.gradzoo.jobs.zoo.VerifiedZoo;
import io.gradzoo.jobs.zoo.VerifyZoo;
import io.gradzoo.jobs.zoo.Zoo;
import io.gradzoo.jobs.zoo.ZooDescription;
import io.gradzoo.jobs.zoo.ZooEstimate;
import io.gradzoo.jobs.zoo.ZooEstimation;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.jobs.zoo.ZooRegeneration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What can be done with a zoo. A call that takes less does what its command does by default. */
public final class ZooSteps {
  private static final int SAMPLE = 64;
  private static final int SAMPLED_SETS = 8;
  private static final Duration OLD = Duration.ofDays(30);

  private final StepRunner steps;

  ZooSteps(StepRunner steps) {
    this.steps = steps;
  }

  /** {@code zoo generate}: trains the networks and publishes the members. */
  public StepResult<Zoo> generate() {
    return generate(OtherCodePolicy.REMAKE);
  }

  /**
   * {@code zoo generate}.
   *
   * @param otherCode what becomes of a zoo of other code in a plain folder
   */
  public StepResult<Zoo> generate(OtherCodePolicy otherCode) {
    return steps.run(ConfigUse.members(), new ZooGeneration(otherCode));
  }

  /** {@code zoo generate --estimate}: what the zoo would take; nothing is written. */
  public StepResult<ZooEstimate> estimate() {
    return steps.run(ConfigUse.members(), new ZooEstimation());
  }

  /**
   * {@code zoo regenerate}: a new version, unless the zoo stands there already.
   *
   * @param age makes it again too if it is older
   */
  public StepResult<RegeneratedZoo> regenerate(OtherCodePolicy otherCode, Optional<Duration> age) {
    return steps.run(ConfigUse.members(), new ZooRegeneration(otherCode, age));
  }

  /** {@code zoo import}: networks that others published, or that {@code zoo.json} describes. */
  public StepResult<ImportedZoo> importFrom(String folder, ZooFormat format) {
    return importFrom(folder, format, Optional.empty(), "not stated", OtherCodePolicy.REMAKE);
  }

  /**
   * {@code zoo import}.
   *
   * @param splits name of a published split file in the folder
   * @param licence of the files, in words
   */
  public StepResult<ImportedZoo> importFrom(
      String folder,
      ZooFormat format,
      Optional<String> splits,
      String licence,
      OtherCodePolicy otherCode) {
    return steps.run(
        ConfigUse.tables("seed"), format.importing(folder, splits, licence, otherCode));
  }

  /** {@code zoo export}: the healthy members as files, in a new folder. */
  public StepResult<ExportedZoo> exportTo(String folder, ExportFormat format) {
    return steps.run(ConfigUse.tables("zoo.images"), new ZooExport(folder, format));
  }

  /** {@code zoo show}: how it was made, what became of its members, its snapshots. */
  public StepResult<ZooDescription> show() {
    return steps.run(ConfigUse.tables(), new ShowZoo(Optional.empty()));
  }

  /** {@code zoo diff}: what differs between two versions. */
  public StepResult<SnapshotDifference> diff(ZooVersion from, ZooVersion to) {
    return steps.run(ConfigUse.tables(), new CompareSnapshots(Optional.empty(), from, to));
  }

  /** {@code zoo expire}: removes unused snapshots that were replaced a month ago. */
  public StepResult<ExpiredSnapshots> expire() {
    return expire(OLD, ExpiryRule.KEEP_USED);
  }

  /**
   * {@code zoo expire}.
   *
   * @param age since they were replaced
   * @param rule whether snapshots go that gradient sets or runs name
   */
  public StepResult<ExpiredSnapshots> expire(Duration age, ExpiryRule rule) {
    return steps.run(ConfigUse.tables(), new ExpireSnapshots(Optional.empty(), age, rule));
  }

  /** {@code zoo verify}: hashes of all members, accuracies of some. */
  public StepResult<VerifiedZoo> verify() {
    return verify(SAMPLE);
  }

  /**
   * {@code zoo verify}.
   *
   * @param sample of how many members accuracies are computed again
   */
  public StepResult<VerifiedZoo> verify(int sample) {
    return steps.run(
        ConfigUse.tables("seed", "zoo.images", "zoo.colours", "zoo.image-train-share"),
        new VerifyZoo(Optional.empty(), sample));
  }

  /** {@code gradients compute}: takes the gradient set of every healthy member. */
  public StepResult<GradientSets> gradients() {
    return gradients(OtherCodePolicy.REMAKE);
  }

  /**
   * {@code gradients compute}.
   *
   * @param otherCode what becomes of what other code made from the same settings
   */
  public StepResult<GradientSets> gradients(OtherCodePolicy otherCode) {
    return steps.run(ConfigUse.gradientSets(), new GradientComputation(otherCode));
  }

  /** {@code gradients verify}: takes some gradient sets again and compares. */
  public StepResult<Verification> verifyGradients() {
    return verifyGradients(SAMPLED_SETS);
  }

  /**
   * {@code gradients verify}.
   *
   * @param members how many
   */
  public StepResult<Verification> verifyGradients(int members) {
    return steps.run(ConfigUse.tables("seed"), new GradientVerification(members));
  }

  /**
   * {@code train}: trains a model of the config, and goes on where the same training was
   * interrupted.
   *
   * @param model its name in the config
   */
  public StepResult<TrainedRun> train(String model) {
    return train(model, Resumption.SAME, Optional.empty());
  }

  /**
   * {@code train}.
   *
   * @param resumption what becomes of what an interrupted training left
   * @param checkpoint of another training to start from: a path, or an {@code hdfs:} URL
   */
  public StepResult<TrainedRun> train(
      String model, Resumption resumption, Optional<String> checkpoint) {
    TrainingJob job = new TrainingJob(model, resumption);
    return steps.run(ConfigUse.model(model), checkpoint.map(job::from).orElse(job));
  }

  /**
   * Trains on members that are not in a table, or in another: with equal rows the model has the
   * bytes of {@link #train(String)}.
   *
   * @param members with the columns of {@code members}; of a model that reads gradient sets, these
   *     are those of the config's zoo
   * @throws GradzooException also with exit code 3 if columns are missing or a member is there
   *     twice
   */
  public StepResult<TrainedRun> train(String model, Dataset<Row> members) {
    return steps.run(
        ConfigUse.model(model),
        context -> {
          String zoo = context.config().zoo().name();
          FrameStore frames = FrameStore.of(context.tables(), zoo, members);
          return new TrainingJob(model)
              .run(new JobContext(context.config(), frames, context.progress()));
        });
  }

  /**
   * The block of a model in the config, read and checked.
   *
   * @throws GradzooException exit code 2 if the config has none of that name
   */
  public ModelConfig model(String name) {
    return steps.config(ConfigUse.model(name)).requireModel(name);
  }

  /**
   * A model of the config that was trained on the zoo.
   *
   * @throws GradzooException exit code 2 if the config has none of that name
   */
  public RunSteps run(String model) {
    GradzooConfig config = steps.config(ConfigUse.model(model));
    config.requireModel(model);
    return new RunSteps(
        steps, RunDirectory.of(config.storage().runs(), config.zoo().name(), model));
  }

  /** {@code study}: compares estimates of Fisher diagonals. */
  public StepResult<PublishedStudy> study() {
    return steps.run(ConfigUse.study(), new CurvatureStudy());
  }

  /**
   * {@code study --only}: makes the trainings of some models and keeps them for the study.
   *
   * @param models their names in the config
   */
  public StepResult<StudyRows.KeptTrainings> studyRows(List<String> models) {
    return steps.run(ConfigUse.study(), new StudyRows(models));
  }

  /** {@code report}: an HTML page about the zoo and its evaluated models. */
  public StepResult<WrittenReport> report() {
    return steps.run(ConfigUse.report(), new ReportJob());
  }

  /** The rows of {@code members}. */
  public Dataset<Row> members() {
    return table(MembersTable.SCHEMA);
  }

  /** The rows of one of the zoo's tables. */
  public Dataset<Row> table(TableSchema schema) {
    return steps.rows(ConfigUse.tables(), TableRows.of(schema));
  }
}

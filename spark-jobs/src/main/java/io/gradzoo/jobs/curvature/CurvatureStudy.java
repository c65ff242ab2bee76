package io.gradzoo.jobs.curvature;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SparkProgress;
import io.gradzoo.jobs.baseline.Estimator;
import io.gradzoo.jobs.baseline.ReweightingFit;
import io.gradzoo.jobs.code.Build;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelChoices;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.SplitRuns;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.rounds.LocalTraining;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Job: trains every model of the config that predicts Fisher diagonals on draws of several sizes
 * and seeds, one training a Spark task, measures all on the same test networks beside the
 * estimators that learn nothing, and publishes a run directory. Equal configs and tables give equal
 * bytes.
 */
public final class CurvatureStudy implements Job<PublishedStudy> {
  private static final String STUDIED = "a model with task = %s";

  /**
   * Runs the study and publishes it.
   *
   * @throws GradzooException exit code 2 if no model has a task that is studied, 3 if tables are
   *     missing or hold too few members
   */
  @Override
  public PublishedStudy run(JobContext context) {
    GradzooConfig config = context.config();
    List<ModelConfig> models = models(config);
    if (models.isEmpty()) {
      throw GradzooException.usage(
          Fault.of("study")
              .expected(STUDIED, studied(config))
              .found("none")
              .fix("--preset curvature"));
    }
    RunDirectory run = directory(config);
    PublishedFolder.Replacement replacement = run.prepare();
    String description = "study of curvature estimates on " + config.zoo().name();
    Study study =
        JobDescription.during(context.session(), description, () -> study(context, models));
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put(Study.FILE, study.bytes());
    files.put(RunDirectory.SPLITS, runs(context, models.get(0)).bytes());
    files.put(RunDirectory.BUILD, (Build.current() + "\n").getBytes(StandardCharsets.UTF_8));
    files.put(RunDirectory.CONFIG, config.effective().json().getBytes(StandardCharsets.UTF_8));
    replacement.publish(files);
    return new PublishedStudy(study, run);
  }

  /** Where the study of a config's zoo stands. */
  public static RunDirectory directory(GradzooConfig config) {
    return RunDirectory.of(config.storage().runs(), config.zoo().name(), Study.NAME);
  }

  /**
   * Identity of the study in a run directory, from its config; empty if that cannot be read.
   *
   * @param choices what its models may be
   */
  public static String hash(RunDirectory run, ModelChoices choices) {
    try {
      return ConfigLayers.of(run.file(RunDirectory.CONFIG))
          .load(ConfigUse.study(), choices)
          .effective()
          .studyHash();
    } catch (GradzooException e) { // no config of this program's
      return "";
    }
  }

  /** Identity of the code that the study depends on, given the current tables. */
  public static String codeVersion(JobContext context) {
    return codeVersion(context, models(context.config()));
  }

  /** All models read the same tables. */
  private static String codeVersion(JobContext context, List<ModelConfig> models) {
    List<Class<?>> roots = new ArrayList<>(List.of(CurvatureStudy.class));
    for (ModelConfig model : models) {
      roots.add(model.kind().getClass());
      roots.add(model.task().getClass());
    }
    return CodeVersion.of(
        roots, new TaskExamples(context.tables(), context.config(), models.get(0)).codeVersions());
  }

  /**
   * The members that a config's study is made of, as they stand in its zoo.
   *
   * @throws GradzooException exit code 3 if the config has no model that is studied
   */
  public static MemberSplits members(TableStore store, GradzooConfig config) {
    ModelConfig model =
        models(config).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    GradzooException.data(
                        Fault.of("study")
                            .expected(STUDIED, studied(config))
                            .found("none")
                            .fix("run it again")));
    return new TaskExamples(store, config, model).members();
  }

  /** The tasks whose models are studied, by name. */
  private static String studied(GradzooConfig config) {
    return config
        .choices()
        .tasks()
        .words(MetanetworkTask::averagesSquaredGradients, MetanetworkTask::name);
  }

  private static SplitRuns runs(JobContext context, ModelConfig model) {
    return new TaskExamples(context.tables(), context.config(), model).runs();
  }

  private static List<ModelConfig> models(GradzooConfig config) {
    return config.models().values().stream()
        .filter(model -> model.task().averagesSquaredGradients())
        .toList();
  }

  private static Study study(JobContext context, List<ModelConfig> models) {
    GradzooConfig config = context.config();
    MemberSplits members = members(context.tables(), config);
    StudyExamples examples = examples(context, models.get(0));
    List<StudyRun> runs = runs(config, models.size() + 1);
    List<Architecture> architectures =
        examples.train().stream()
            .map(Example::architecture)
            .distinct()
            .sorted(Comparator.comparing(Architecture::id))
            .toList();
    List<LocalTraining> trainings = new ArrayList<>();
    for (ModelConfig model : models) {
      trainings.add(new LocalTraining(model, architectures));
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    Broadcast<StudyExamples> shared = spark.broadcast(examples);
    try (Progress.Task progress = context.progress().start("study", "trainings", runs.size())) {
      List<Study.FixedEstimator> estimators =
          spark
              .parallelize(Arrays.asList(Estimator.values()), Estimator.values().length)
              .map(e -> new Study.FixedEstimator(e.title(), shared.value().testError(e::estimate)))
              .collect();
      LongAccumulator done = context.session().sparkContext().longAccumulator("study trainings");
      List<StudyRun.StudyResult> outcomes =
          SparkProgress.during(
              progress,
              done,
              () ->
                  spark
                      .parallelize(runs, runs.size())
                      .map(run -> outcome(run, trainings, shared.value(), done))
                      .collect());
      return new Study(
          Study.SCHEMA,
          Study.ERROR_UNIT,
          examples.train().size(),
          examples.test().size(),
          examples.test().stream().map(Example::id).toList(),
          estimators,
          learners(models, outcomes),
          members,
          codeVersion(context, models));
    } finally {
      shared.destroy();
    }
  }

  private static StudyRun.StudyResult outcome(
      StudyRun run, List<LocalTraining> trainings, StudyExamples examples, LongAccumulator done) {
    StudyRun.StudyResult outcome =
        run.learner() < trainings.size()
            ? run.train(trainings.get(run.learner()), examples)
            : run.reweight(examples);
    done.add(1);
    return outcome;
  }

  private static StudyExamples examples(JobContext context, ModelConfig model) {
    GradzooConfig config = context.config();
    TaskExamples task = new TaskExamples(context.tables(), config, model);
    task.requireFresh();
    OtherCode.noteTables(context, config.zoo().name(), model);
    try (ExampleSets sets = task.gradientSets(EnumSet.allOf(Split.class))) {
      List<Example> train = sets.collect(Split.TRAIN);
      List<Example> validation = sets.collect(Split.VALIDATION);
      List<Example> test = sets.collect(Split.TEST);
      int largest = config.study().sizes().stream().max(Integer::compare).orElseThrow();
      if (train.size() < largest) {
        throw GradzooException.data(
            Fault.of("study")
                .expected("at least %d members in the train split (study.sizes)", largest)
                .found(train.size())
                .fix("a zoo of more runs"));
      }
      for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
        if ((split == Split.TEST ? test : validation).size() < 2) {
          throw task.empty("study", split);
        }
      }
      int selecting = Math.min(validation.size(), config.study().validationMembers());
      return StudyExamples.of(train, new ArrayList<>(validation.subList(0, selecting)), test);
    }
  }

  /** The largest trainings first, so that none is waited for at the end. */
  private static List<StudyRun> runs(GradzooConfig config, int learners) {
    List<StudyRun> runs = new ArrayList<>();
    for (int size : config.study().sizes()) {
      for (int seed = 0; seed < config.study().seeds(); seed++) {
        for (int learner = 0; learner < learners; learner++) {
          runs.add(new StudyRun(learner, size, config.seed() + seed));
        }
      }
    }
    runs.sort(Comparator.comparingInt(StudyRun::size).reversed());
    return runs;
  }

  private static List<Study.Learner> learners(
      List<ModelConfig> models, List<StudyRun.StudyResult> outcomes) {
    List<Study.Learner> learners = new ArrayList<>();
    for (int i = 0; i <= models.size(); i++) {
      int learner = i;
      List<StudyRun.StudyResult> own =
          outcomes.stream().filter(outcome -> outcome.run().learner() == learner).toList();
      List<Study.Point> points =
          own.stream()
              .map(o -> new Study.Point(o.run().size(), o.run().seed(), o.error()))
              .sorted(Comparator.comparingInt(Study.Point::size).thenComparing(Study.Point::seed))
              .toList();
      boolean model = i < models.size();
      learners.add(
          new Study.Learner(
              model ? models.get(i).name() : ReweightingFit.NAME,
              model ? models.get(i).settingsTried() : ReweightingFit.SETTINGS,
              own.get(0).parameters(),
              points));
    }
    return learners;
  }
}

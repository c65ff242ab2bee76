package io.gradzoo.jobs.curvature;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.baseline.Estimator;
import io.gradzoo.jobs.baseline.ReweightingFit;
import io.gradzoo.jobs.code.Build;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelChoices;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.TrainerChoice;
import io.gradzoo.jobs.config.block.ConfigSpelling;
import io.gradzoo.jobs.config.block.Suggestions;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.SplitRuns;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.gradients.OtherCode;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Job: trains every model of the config that predicts Fisher diagonals on draws of several sizes
 * and seeds, one training a Spark task, measures all on the same test networks beside the
 * estimators that learn nothing, and publishes a run directory. Trainings that an interrupted
 * study, or {@link StudyRows}, made are not made again. Equal configs and tables give equal bytes.
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
    List<ModelConfig> models = requireModels(config);
    RunDirectory run = directory(config);
    PublishedFolder.Replacement replacement = run.prepare();
    try (StudyLedger ledger = StudyLedger.open(run, context.progress())) {
      Study study = during(context, () -> study(context, models, ledger));
      TreeMap<String, byte[]> files = new TreeMap<>();
      files.put(Study.FILE, study.bytes());
      files.put(RunDirectory.SPLITS, runs(context, models.get(0)).bytes());
      files.put(RunDirectory.BUILD, (Build.current() + "\n").getBytes(StandardCharsets.UTF_8));
      files.put(RunDirectory.CONFIG, config.effective().json().getBytes(StandardCharsets.UTF_8));
      replacement.publish(files);
      ledger.delete();
      return new PublishedStudy(study, run);
    }
  }

  /** Makes the trainings of some models and keeps them. */
  static StudyRows.KeptTrainings keep(JobContext context, Set<String> only) {
    GradzooConfig config = context.config();
    List<ModelConfig> models = requireModels(config);
    List<String> names = models.stream().map(ModelConfig::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw GradzooException.usage(
            Fault.of("study")
                .at("--only")
                .expected("one of %s", String.join(", ", names))
                .found("\"%s\"%s", name, Suggestions.didYouMean(name, names)));
      }
    }
    RunDirectory run = directory(config);
    run.prepare();
    try (StudyLedger ledger = StudyLedger.open(run, context.progress())) {
      return during(
          context,
          () -> {
            StudyTrainings trainings = trainings(context, models);
            Broadcast<StudyExamples> examples = shared(context, models.get(0));
            try {
              trainings.results(examples, ledger, each -> only.contains(trainings.row(each)));
              return new StudyRows.KeptTrainings(trainings.done(ledger), trainings.all().size());
            } finally {
              examples.destroy();
            }
          });
    }
  }

  private static <T> T during(JobContext context, Supplier<T> work) {
    String description = "study of curvature estimates on " + context.config().zoo().name();
    return JobDescription.during(context.session(), description, work);
  }

  private static StudyTrainings trainings(JobContext context, List<ModelConfig> models) {
    MemberSplits members = members(context.tables(), context.config());
    return new StudyTrainings(context, models, members, codeVersion(context, models));
  }

  private static Broadcast<StudyExamples> shared(JobContext context, ModelConfig model) {
    return JavaSparkContext.fromSparkContext(context.session().sparkContext())
        .broadcast(examples(context, model));
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
      return run.config().load(ConfigUse.study(), choices).effective().studyHash();
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

  private static List<ModelConfig> requireModels(GradzooConfig config) {
    List<ModelConfig> models = models(config);
    if (models.isEmpty()) {
      throw GradzooException.usage(
          Fault.of("study")
              .expected(STUDIED, studied(config))
              .found("none")
              .fix("--preset curvature"));
    }
    for (ModelConfig model : models) {
      if (model.trainer() != TrainerChoice.AVERAGING) {
        throw GradzooException.usage(
            Fault.of("models.%s.training.trainer".formatted(model.name()))
                .expected("averaging in a study, which trains each model in one thread")
                .found(ConfigSpelling.name(model.trainer())));
      }
    }
    return models;
  }

  private static List<ModelConfig> models(GradzooConfig config) {
    return config.models().values().stream()
        .filter(model -> model.task().averagesSquaredGradients())
        .toList();
  }

  private static Study study(JobContext context, List<ModelConfig> models, StudyLedger ledger) {
    MemberSplits members = members(context.tables(), context.config());
    Broadcast<StudyExamples> shared = shared(context, models.get(0));
    try {
      List<Study.FixedEstimator> estimators =
          JavaSparkContext.fromSparkContext(context.session().sparkContext())
              .parallelize(Arrays.asList(Estimator.values()), Estimator.values().length)
              .map(e -> new Study.FixedEstimator(e.title(), shared.value().testError(e::estimate)))
              .collect();
      List<StudyRun.StudyResult> outcomes =
          trainings(context, models).results(shared, ledger, run -> true);
      StudyExamples examples = shared.value();
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

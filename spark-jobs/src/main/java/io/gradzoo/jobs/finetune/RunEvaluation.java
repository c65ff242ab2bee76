package io.gradzoo.jobs.finetune;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.editing.EditedNetwork;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.editing.EditComparison;
import io.gradzoo.jobs.editing.EditComparison.EditedPair;
import io.gradzoo.jobs.editing.EditScore;
import io.gradzoo.jobs.editing.Editing;
import io.gradzoo.jobs.evaluation.Evaluation;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.finetune.DescentRows.DescentPlan;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.zoo.ShownImages;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: evaluates a trained model, and if it changes networks, compares what it makes of held-out
 * members with descent.
 */
public final class RunEvaluation implements Job<JobResult> {
  /** For each of so many compared members one validation member chooses learning rates. */
  private static final int COMPARED_FOR_ONE_TUNING = 4;

  /** The operator is applied so often to what it made. */
  private static final int MOST_PASSES = 3;

  private static final EditRule SEARCHED =
      new EditRule(EditRule.Criterion.OWN, EditRule.Length.SEARCHED, EditRule.Keep.CHANGED);

  private final RunDirectory run;
  private final EvaluationJob evaluation;

  /**
   * @param run of a trained model
   * @param evaluation of this run
   */
  public RunEvaluation(RunDirectory run, EvaluationJob evaluation) {
    this.run = run;
    this.evaluation = evaluation;
  }

  /**
   * Evaluates and writes {@link Evaluation#FILE}, and of a model that changes networks {@link
   * EditComparison#FILE}.
   *
   * @throws io.gradzoo.jobs.GradzooException as {@link EvaluationJob#run}
   */
  @Override
  public JobResult run(JobContext context) {
    Evaluation evaluated = evaluation.run(context);
    Optional<String> version = run.version();
    TrainedModel model = TrainedModel.load(run, context);
    Optional<Editing> editing = model.model().task().edits();
    if (editing.isEmpty()) {
      return evaluated;
    }
    PublishedFolder.Replacement replacement = run.prepare().requireVersion(version);
    EditComparison comparison =
        JobDescription.during(
            context.session(),
            "compare " + model.model().name(),
            () -> compare(context, model, editing.get(), evaluated.codeVersion()));
    replacement.add(EditComparison.FILE, comparison.bytes());
    return comparison;
  }

  /**
   * Identity of the code that a comparison depends on.
   *
   * @param evaluation identity of the code that evaluated the same model
   */
  public static String codeVersion(String evaluation) {
    return CodeVersion.of(List.of(RunEvaluation.class), List.of(evaluation));
  }

  private static EditComparison compare(
      JobContext context, TrainedModel model, Editing editing, String evaluated) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    ImageSupply images = ShownImages.ofTest(context, model.config());
    Operator operator = Operator.of(spark, model, images);
    TaskExamples task = new TaskExamples(context.tables(), model.config(), model.model());
    EnumSet<Split> splits = EnumSet.of(Split.VALIDATION, Split.TEST);
    try (ExampleSets sets = task.inputs(model.statistics(), splits)) {
      List<Example> members = sets.collect(Split.TEST);
      JavaRDD<List<Example>> cut = cut(spark, members);
      List<Operator.Edit> edits = cut.flatMap(part -> operator.apply(part).iterator()).collect();
      double seconds = seconds(cut, operator, EditRule.PLAIN);
      List<EditScore> rows = new ArrayList<>(passes(model, "", edits, seconds));
      rows.addAll(morePasses(model, edits, cut, operator));
      if (editing.comparedMembers() > 0) {
        List<Operator.Edit> compared = some(edits, editing.comparedMembers());
        if (compared.size() < edits.size()) {
          rows.addAll(passes(model, compared, seconds));
        }
        rows.addAll(descents(spark, operator, compared, sets.collect(Split.VALIDATION)));
      }
      return new EditComparison(
          model.model().name(),
          editing.objective(),
          EditedNetwork.SMALL,
          rows,
          edits.stream().map(RunEvaluation::pair).toList(),
          codeVersion(evaluated));
    }
  }

  /** Descent in place of a pass, and after one. */
  private static List<EditScore> descents(
      JavaSparkContext spark,
      Operator operator,
      List<Operator.Edit> compared,
      List<Example> validation) {
    List<Example> choosing =
        some(validation, Math.max(1, compared.size() / COMPARED_FOR_ONE_TUNING));
    List<NetworkMeasures> before = compared.stream().map(Operator.Edit::before).toList();
    double l1 = operator.editing().l1();
    List<EditScore> rows =
        new ArrayList<>(
            new DescentRows(
                    spark,
                    operator.images(),
                    l1,
                    DescentPlan.alone(operator.editing().comparedEpochs()))
                .rows(choosing, compared.stream().map(Operator.Edit::member).toList(), before));
    rows.addAll(
        new DescentRows(spark, operator.images(), l1, DescentPlan.AFTER_A_PASS)
            .rows(
                operator.apply(choosing).stream().map(Operator.Edit::changed).toList(),
                compared.stream().map(Operator.Edit::changed).toList(),
                before));
    return rows;
  }

  /**
   * After each further pass, which starts from what the last one made; then after each pass that
   * goes as far as it is best for the training images.
   */
  private static List<EditScore> morePasses(
      TrainedModel model,
      List<Operator.Edit> edits,
      JavaRDD<List<Example>> members,
      Operator operator) {
    List<NetworkMeasures> before = edits.stream().map(Operator.Edit::before).toList();
    List<EditScore> rows = new ArrayList<>();
    for (EditRule rule : List.of(EditRule.PLAIN, SEARCHED)) {
      boolean searched = rule.length() == EditRule.Length.SEARCHED;
      double seconds = seconds(members, operator, rule);
      for (int passes = searched ? 1 : 2; passes <= MOST_PASSES; passes++) {
        int count = passes;
        List<NetworkMeasures> after =
            members
                .flatMap(part -> operator.repeat(part, count, rule).iterator())
                .map(Operator.Edit::after)
                .collect();
        rows.add(
            EditScore.of(
                "%s, %s%s"
                    .formatted(
                        model.model().name(),
                        count == 1 ? "one pass" : count + " passes",
                        searched ? ", length searched" : ""),
                before,
                after,
                model.model().settingsTried(),
                count * seconds));
      }
    }
    return rows;
  }

  private static double seconds(JavaRDD<List<Example>> members, Operator operator, EditRule rule) {
    return members.mapToDouble(part -> operator.seconds(part, rule)).mean();
  }

  private static JavaRDD<List<Example>> cut(JavaSparkContext spark, List<Example> members) {
    return spark.parallelize(members, Math.min(members.size(), spark.defaultParallelism())).glom();
  }

  /** Some of them, as they are and after one pass. */
  private static List<EditScore> passes(
      TrainedModel model, List<Operator.Edit> edits, double seconds) {
    return passes(model, edits.size() + " of them: ", edits, seconds);
  }

  private static List<EditScore> passes(
      TrainedModel model, String which, List<Operator.Edit> edits, double seconds) {
    List<NetworkMeasures> before = edits.stream().map(Operator.Edit::before).toList();
    List<NetworkMeasures> after = edits.stream().map(Operator.Edit::after).toList();
    return List.of(
        EditScore.of(which + "as they are", before, before, 1, 0),
        EditScore.of(
            which + model.model().name() + ", one pass",
            before,
            after,
            model.model().settingsTried(),
            seconds));
  }

  private static EditedPair pair(Operator.Edit edit) {
    return new EditedPair(
        edit.member().id(), edit.member().architecture().id(), edit.before(), edit.after());
  }

  /** So many, spread evenly over all. */
  private static <T> List<T> some(List<T> all, int wanted) {
    if (wanted >= all.size()) {
      return all;
    }
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / wanted)));
    }
    return chosen;
  }
}

package io.gradzoo.jobs.evaluation;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.prediction.Answer;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.task.PredictionTask;
import io.gradzoo.jobs.training.ExampleSets;
import io.gradzoo.jobs.training.RunDirectory;
import io.gradzoo.jobs.training.TaskExamples;
import io.gradzoo.jobs.training.TrainedModel;
import io.gradzoo.jobs.training.TrainedOn;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/**
 * Job: predicts every member of a zoo that a trained model can read, and publishes a table of what
 * was measured and what is expected. Predictions that are not finite are stored as they are, and
 * counted.
 */
public final class PredictionJob implements Job {
  /** Place of what is predicted among the columns. */
  private static final int PREDICTED = 4;

  private final RunDirectory run;

  /**
   * @param run of a trained model
   */
  public PredictionJob(RunDirectory run) {
    this.run = run;
  }

  /**
   * Predicts the members of the config's zoo, which need not be the one the model was trained on.
   *
   * @throws GradzooException exit code 3 if run or tables are missing or damaged, or the model
   *     cannot read the zoo's members
   */
  @Override
  public void run(JobContext context) {
    TrainedModel model = TrainedModel.load(run, context);
    String zoo = context.config().zoo().name();
    TaskExamples task = new TaskExamples(context.tables(), zoo, model.config(), model.model());
    task.requireFresh();
    boolean own = TrainedOn.of(run, model, task).same();
    OtherCode.noteTables(context, zoo, model.model());
    context.tables().begin(schema(model).in(zoo));
    JobDescription.during(
        context.session(), "predict " + zoo, () -> predict(context, model, task, own));
  }

  /**
   * @param own whether the members are those of the run, whose splits are known
   */
  private static void predict(
      JobContext context, TrainedModel model, TaskExamples task, boolean own) {
    PredictionTask predicted = model.model().task();
    TableSchema schema = schema(model);
    String zoo = context.config().zoo().name();
    try (ExampleSets inputs = task.inputs(model.statistics())) {
      JavaRDD<Row> rows = rows(context, model, inputs, own).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long members = rows.count();
        long strange = rows.filter(row -> !finite(row)).count();
        TableProperties properties =
            TableProperties.of(
                    model.config().effective().modelHash(model.model()), codeVersion(model, task))
                .with("unit", predicted.unit())
                .with("not-finite", Long.toString(strange));
        context
            .tables()
            .write(
                zoo, schema, context.session().createDataFrame(rows, schema.columns()), properties);
        report(context, schema.in(zoo).toString(), members, strange, own);
      } finally {
        rows.unpersist();
      }
    }
  }

  private static TableSchema schema(TrainedModel model) {
    return PredictionsTable.of(model.model().name(), model.model().task());
  }

  private static void report(
      JobContext context, String table, long members, long strange, boolean own) {
    context
        .out()
        .printf(
            Locale.ROOT,
            "predicted %,d members, %,d of them with numbers that are not finite: table %s%s%n",
            members,
            strange,
            table,
            own ? "" : " (no splits: the run was trained on other members)");
    if (strange > 0) {
      context
          .progress()
          .note(
              String.format(
                  Locale.ROOT,
                  "warning: %,d of %,d predictions in %s are NaN or infinite",
                  strange,
                  members,
                  table));
    }
  }

  private static String codeVersion(TrainedModel model, TaskExamples task) {
    return task.codeVersion(PredictionJob.class, model.codeVersion());
  }

  private static JavaRDD<Row> rows(
      JobContext context, TrainedModel model, ExampleSets inputs, boolean own) {
    boolean diagonal = model.model().task() == PredictionTask.FISHER_DIAGONAL;
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(context.session().sparkContext()).emptyRDD();
    for (Split split : Split.values()) {
      model.requireReadable(inputs.architectures(split));
      String name = own ? split.name().toLowerCase(Locale.ROOT) : null;
      rows =
          rows.union(
              model
                  .answers(context.session(), inputs, split)
                  .map(answer -> diagonal ? ofMany(answer, name) : ofOne(answer, name)));
    }
    return rows;
  }

  private static Row ofOne(Answer answer, String split) {
    return RowFactory.create(
        answer.memberId(),
        answer.architecture(),
        split,
        answer.truth()[0],
        (double) answer.predicted()[0]);
  }

  /** The truth of a diagonal was read from float32 numbers. */
  private static Row ofMany(Answer answer, String split) {
    float[] truth = new float[answer.truth().length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (float) answer.truth()[i];
    }
    return RowFactory.create(
        answer.memberId(), answer.architecture(), split, truth, answer.predicted());
  }

  /** Whether all that a row predicts are finite numbers. */
  private static boolean finite(Row row) {
    return row.get(PREDICTED) instanceof float[] numbers
        ? Answer.finite(numbers)
        : Double.isFinite(row.getDouble(PREDICTED));
  }
}

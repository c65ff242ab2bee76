package io.gradzoo.jobs.evaluation;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.prediction.Answer;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainedOn;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.FileSizes;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.PredictionsTable.PredictionRow;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.zoo.ShownImages;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Job: predicts every member of a zoo that a trained model can read, and publishes a table of what
 * was measured and what is expected. Predictions that are not finite are stored as they are, and
 * counted.
 */
public final class PredictionJob implements Job<PredictedMembers> {
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
  public PredictedMembers run(JobContext context) {
    TrainedModel model = TrainedModel.load(run, context);
    String zoo = context.config().zoo().name();
    TaskExamples task = examples(context, zoo, model);
    task.requireFresh();
    boolean own = TrainedOn.of(run, model, task).same();
    OtherCode.noteTables(context, zoo, model.model());
    context.tables().begin(schema(model).in(zoo));
    TrainedModel shown =
        model.withTask(ShownImages.inTest(context, model.config(), model.model().task()));
    return JobDescription.during(
        context.session(), "predict " + zoo, () -> predict(context, shown, task, own));
  }

  /** Of members whose targets need not be known. */
  private static TaskExamples examples(JobContext context, String zoo, TrainedModel model) {
    ModelConfig asked = model.model().withTask(model.model().task().withoutTargets());
    return new TaskExamples(context.tables(), zoo, model.config(), asked);
  }

  /**
   * @param own whether the members are those of the run, whose splits are known
   */
  private static PredictedMembers predict(
      JobContext context, TrainedModel model, TaskExamples task, boolean own) {
    MetanetworkTask predicted = model.model().task();
    PredictionColumn column = predicted.column();
    TableSchema schema = schema(model);
    String zoo = context.config().zoo().name();
    try (ExampleSets inputs = task.inputs(model.statistics(), EnumSet.allOf(Split.class))) {
      JavaRDD<PredictionRow> rows =
          rows(context, model, inputs, own).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long members = rows.count();
        long bytes = rows.map(PredictionRow::bytes).fold(0L, Long::sum);
        long strange = rows.filter(row -> !Answer.finite(row.answer().predicted())).count();
        TableProperties properties =
            TableProperties.of(
                    model.config().effective().modelHash(model.model()), codeVersion(model, task))
                .ofMembers(context.tables().version(MembersTable.SCHEMA.in(zoo)))
                .with("unit", predicted.unit())
                .with("not-finite", Long.toString(strange));
        context
            .tables()
            .write(
                zoo,
                schema,
                FileSizes.compacted(
                    context
                        .session()
                        .createDataFrame(rows.map(row -> row.toRow(column)), schema.columns()),
                    bytes),
                properties);
        PredictedMembers predictions = new PredictedMembers(schema.in(zoo), members, strange, own);
        predictions.warning().ifPresent(context.progress()::note);
        return predictions;
      } finally {
        rows.unpersist();
      }
    }
  }

  private static TableSchema schema(TrainedModel model) {
    return PredictionsTable.of(model.model().name(), model.model().task().column());
  }

  private static String codeVersion(TrainedModel model, TaskExamples task) {
    return task.codeVersion(List.of(PredictionJob.class), model.codeVersion());
  }

  private static JavaRDD<PredictionRow> rows(
      JobContext context, TrainedModel model, ExampleSets inputs, boolean own) {
    JavaRDD<PredictionRow> rows =
        JavaSparkContext.fromSparkContext(context.session().sparkContext()).emptyRDD();
    for (Split split : Split.values()) {
      model.requireReadable(inputs.architectures(split));
      String name = own ? split.name().toLowerCase(Locale.ROOT) : null;
      rows =
          rows.union(
              model
                  .answers(context.session(), inputs, split)
                  .map(answer -> new PredictionRow(answer, name)));
    }
    return rows;
  }
}

package io.gradzoo.jobs.evaluation;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PredictionsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.training.ExampleSets;
import io.gradzoo.jobs.training.RunDirectory;
import io.gradzoo.jobs.training.TaskExamples;
import io.gradzoo.jobs.training.TrainedModel;
import io.gradzoo.jobs.training.TrainedOn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Job: predicts the test accuracy of every member of a zoo that a trained model can read, and
 * publishes a table of it.
 */
public final class PredictionJob implements Job {
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
    TrainedModel model = TrainedModel.load(run, context.progress());
    String zoo = context.config().zoo().name();
    TableSchema schema = PredictionsTable.of(model.model().name());
    TaskExamples task = new TaskExamples(context.tables(), zoo, model.config(), model.model());
    task.requireFresh();
    boolean own = TrainedOn.of(run, model, task).same();
    OtherCode.noteTables(context, zoo, model.model());
    context.tables().begin(schema.in(zoo));
    List<Row> rows =
        JobDescription.during(
            context.session(), "predict " + zoo, () -> predict(context, model, task, own));
    context
        .tables()
        .write(
            zoo,
            schema,
            context.session().createDataset(rows, Encoders.row(schema.columns())),
            TableProperties.of(
                model.config().effective().modelHash(model.model()), codeVersion(model, task)));
    context
        .out()
        .printf(
            Locale.ROOT,
            "predicted %,d members: table %s%s%n",
            rows.size(),
            schema.in(zoo),
            own ? "" : " (no splits: the run was trained on other members)");
  }

  private static String codeVersion(TrainedModel model, TaskExamples task) {
    List<String> inputs = new ArrayList<>(task.codeVersions());
    inputs.add(model.codeVersion());
    return CodeVersion.of(PredictionJob.class, inputs);
  }

  /**
   * @param own whether the members are those of the run, whose splits are known
   */
  private static List<Row> predict(
      JobContext context, TrainedModel model, TaskExamples task, boolean own) {
    try (ExampleSets inputs = task.inputs(model.statistics())) {
      List<Row> rows = new ArrayList<>();
      for (Split split : Split.values()) {
        model.requireReadable(inputs.architectures(split));
        String name = own ? split.name().toLowerCase(Locale.ROOT) : null;
        for (Prediction p : model.predict(context.session(), inputs, split)) {
          rows.add(
              RowFactory.create(p.memberId(), p.architecture(), name, p.truth(), p.predicted()));
        }
      }
      return rows;
    }
  }
}

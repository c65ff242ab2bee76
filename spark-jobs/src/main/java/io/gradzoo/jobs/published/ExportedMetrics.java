package io.gradzoo.jobs.published;

import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.util.Map;

/**
 * Writes {@code metrics.csv} in the published columns, and some of this program's more: the batch
 * size, layers instead of {@code cnn}, and what publishers said of a network.
 *
 * @param images name of the image set
 */
record ExportedMetrics(String images) {
  private static final String COLUMNS =
      ",config.activation,config.b_init,config.dataset,config.dnn_architecture,config.dropout,"
          + "config.init_std,config.l2reg,config.learning_rate,config.optimizer,config.random_seed,"
          + "config.train_fraction,config.w_init,config.batch_size,modeldir,step,test_accuracy,"
          + "test_loss,train_accuracy,train_loss,psnr,image_id,label,published_split\n";
  private static final Map<String, String> INITIALIZERS =
      Map.of("normal", "RandomNormal", "truncated_normal", "TruncatedNormal");

  String header() {
    return COLUMNS;
  }

  /** The line of a member. */
  String line(long index, MemberRow member) {
    Hyperparameters drawn = member.run().hyperparameters();
    Scores scores = member.scores();
    Published said = member.published();
    String text = member.run().architecture();
    int colon = text.indexOf(':');
    return CsvLine.of(
        index,
        text.substring(0, colon),
        "zeros",
        images,
        text.substring(colon + 1),
        drawn.dropout(),
        drawn.initializerScale(),
        drawn.l2(),
        drawn.learningRate(),
        drawn.optimizer(),
        drawn.seed(),
        drawn.trainFraction(),
        drawn.initializer() == null
            ? null
            : INITIALIZERS.getOrDefault(drawn.initializer(), drawn.initializer()),
        drawn.batchSize(),
        member.run().runId(),
        member.epoch(),
        scores.testAccuracy(),
        scores.testLoss(),
        scores.trainAccuracy(),
        scores.trainLoss(),
        scores.psnr(),
        said.imageId(),
        said.label(),
        said.split());
  }
}

package io.gradzoo.jobs.published;

import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code metrics.csv} in the published columns, and two of this program's more: the batch
 * size, and layers instead of {@code cnn}.
 *
 * @param images name of the image set
 */
record ExportedMetrics(String images) {
  private static final String COLUMNS =
      ",config.activation,config.b_init,config.dataset,config.dnn_architecture,config.dropout,"
          + "config.init_std,config.l2reg,config.learning_rate,config.optimizer,config.random_seed,"
          + "config.train_fraction,config.w_init,config.batch_size,modeldir,step,test_accuracy,"
          + "test_loss,train_accuracy,train_loss\n";
  private static final Map<String, String> INITIALIZERS =
      Map.of("normal", "RandomNormal", "truncated_normal", "TruncatedNormal");

  String header() {
    return COLUMNS;
  }

  /** The line of a member. */
  String line(long index, MemberRow member) {
    Hyperparameters drawn = member.run().hyperparameters();
    Scores scores = member.scores();
    String text = member.run().architecture();
    int colon = text.indexOf(':');
    Stream<Object> cells =
        Stream.of(
                new Object[][] {
                  {index, text.substring(0, colon), "zeros", images, text.substring(colon + 1)},
                  {drawn.dropout(), drawn.initializerScale(), drawn.l2(), drawn.learningRate()},
                  {drawn.optimizer(), drawn.seed(), drawn.trainFraction()},
                  {INITIALIZERS.getOrDefault(drawn.initializer(), drawn.initializer())},
                  {drawn.batchSize(), member.run().runId(), member.epoch()},
                  {scores.testAccuracy(), scores.testLoss(), scores.trainAccuracy()},
                  {scores.trainLoss()}
                })
            .flatMap(Arrays::stream);
    return cells.map(ExportedMetrics::cell).collect(Collectors.joining(",", "", "\n"));
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("[^\",\\n\\r]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}

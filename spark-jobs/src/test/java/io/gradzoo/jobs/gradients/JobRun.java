package io.gradzoo.jobs.gradients;

import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SharedSession;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Jobs run one after the other in a folder of plain tables.
 *
 * @param store in which the tables are
 * @param assignments the config, as {@code --set} takes it
 */
record JobRun(TableStore store, List<String> assignments) {
  static final String ZOO = "tiny";

  /** In a folder, with this config and the zoo's name. */
  static JobRun in(Path folder, String... assignments) {
    List<String> all = new ArrayList<>(List.of("zoo.name=" + ZOO));
    all.addAll(List.of(assignments));
    return new JobRun(TableStores.plainParquet(SharedSession.get(), folder.toString()), all);
  }

  /** The same folder with more settings. */
  JobRun with(String... more) {
    List<String> all = new ArrayList<>(assignments);
    all.addAll(List.of(more));
    return new JobRun(store, all);
  }

  JobContext context(StringWriter out) {
    return new JobContext(
        new ConfigLayers(Optional.empty(), Optional.empty(), assignments).load(),
        store,
        Progress.to(new PrintStream(new ByteArrayOutputStream())),
        new PrintWriter(out));
  }

  JobContext context() {
    return context(new StringWriter());
  }

  Dataset<Row> rows(TableSchema schema) {
    return store.read(ZOO, schema);
  }
}

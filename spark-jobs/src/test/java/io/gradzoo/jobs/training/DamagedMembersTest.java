package io.gradzoo.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SharedSession;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that say they are well and are not. */
class DamagedMembersTest {
  private static final String LAYOUT = "64:dense4:dense10";

  @TempDir Path folder;

  @Test
  void aMemberWithNumbersThatAreNotFiniteIsNamed() {
    TableStore store = TableStores.plainParquet(SharedSession.get(), folder.toString());
    int count = Architecture.parse("relu:" + LAYOUT).parameterCount();
    List<Float> parameters = new ArrayList<>(Collections.nCopies(count, 0.1f));
    parameters.set(3, Float.NaN);
    store.write(
        "zoo",
        MembersTable.SCHEMA,
        SharedSession.get()
            .createDataFrame(List.of(row("r7-e1", parameters)), MembersTable.SCHEMA.columns()),
        TableProperties.of("0123456789abcdef"));
    JobContext context =
        new JobContext(
            new ConfigLayers(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                        "zoo.architectures=[\"" + LAYOUT + "\"]",
                        "models={m { kind = scalegmn, members = mlp } }"))
                .load(),
            store,
            Progress.to(new PrintStream(new ByteArrayOutputStream())),
            new PrintWriter(new StringWriter()));

    Throwable e = catchThrowable(() -> new TrainingJob("m").run(context));

    assertThat(Failures.exitCode(e)).isEqualTo(ExitCode.DATA);
    assertThat(Failures.lines(e))
        .containsExactly(
            "member r7-e1: expected finite parameters, found NaN at index 3"
                + " (fix: make the zoo again, or import it without this member)");
  }

  private static Row row(String id, List<Float> parameters) {
    return RowFactory.create(
        id,
        "r7",
        1,
        "relu:" + LAYOUT,
        "mlp",
        parameters,
        RowFactory.create("relu", "normal", 0.1, "adam", 1e-3, 1e-6, 0.25, 1.0, 32, 1L),
        0.5,
        0.5,
        0.5,
        0.5,
        "ok",
        null,
        "ab".repeat(32),
        "cd".repeat(32),
        "0.1.0");
  }
}

package io.gradzoo.jobs.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.datasets.DataException;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.testing.JobRun;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exported is imported again, every bit; and exports harm nobody's files. */
class ZooExportTest {
  private static final LayeredArchitecture CNN =
      LayeredArchitecture.parse("relu:1x8x8:conv4k3s2p0:conv3k3s1p0:gap:dense10");
  private static final LayeredArchitecture MLP =
      LayeredArchitecture.parse("sine30:2:dense5:dense1");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void whatIsExportedIsImportedBitByBit(ExportFormat format) {
    JobRun made = zoo(format == ExportFormat.SMALL_CNN ? List.of(CNN) : List.of(CNN, MLP));

    made.run(new ZooExport(exported(), format));
    JobRun again = made.with("zoo.name=again");
    again.run(importing(format));

    assertThat(columns(again)).isEqualTo(columns(made));
    assertThat(columns(again)).hasSize(format == ExportFormat.SMALL_CNN ? 6 : 12);
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void theSameZooGivesTheSameBytes(ExportFormat format) throws IOException {
    JobRun made = zoo(List.of(CNN));

    made.run(new ZooExport(exported(), format));
    made.run(new ZooExport(folder.resolve("twice").toString(), format));

    for (Path file : files(folder.resolve("exported"))) {
      Path other = folder.resolve("twice").resolve(folder.resolve("exported").relativize(file));
      assertThat(file).hasSameBinaryContentAs(other);
    }
  }

  @Test
  void ofTwoExportsToOneFolderOneWins() throws Exception {
    JobRun made = zoo(List.of(CNN));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Object> export = () -> made.run(new ZooExport(exported(), ExportFormat.NPZ));
      List<Future<Object>> both = threads.invokeAll(List.of(export, export));

      long refused = 0;
      for (Future<Object> each : both) {
        try {
          each.get();
        } catch (ExecutionException e) {
          assertThat(e).hasRootCauseInstanceOf(FileAlreadyExistsException.class);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(1);
      JobRun again = made.with("zoo.name=again");
      again.run(importing(ExportFormat.NPZ));
      assertThat(columns(again)).isEqualTo(columns(made));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void anExportThatFailsLeavesNothingOfItsOwnAndAllOfOthers() throws IOException {
    JobRun made = zoo(List.of(CNN, MLP));

    GradzooException e = made.refusal(new ZooExport(exported(), ExportFormat.SMALL_CNN));

    assertThat(e).hasMessageContaining("2 kinds of layers");
    assertThat(folder.resolve("exported")).doesNotExist();
    try (ExportFolder cut = ExportFolder.create(exported())) {
      cut.open("networks/a.npz").close();
      Files.writeString(folder.resolve("exported/mine.txt"), "mine");
    }
    assertThat(files(folder.resolve("exported")))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("mine.txt");
  }

  @Test
  void anUnfinishedExportIsNotImported() throws IOException {
    ExportFolder.create(exported());
    JobRun run = JobRun.in(folder.resolve("run"));

    assertThatThrownBy(() -> run.run(importing(ExportFormat.NPZ)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found one that was cut short");
  }

  private String exported() {
    return folder.resolve("exported").toString();
  }

  private Job<ImportedZoo> importing(ExportFormat format) {
    return (format == ExportFormat.SMALL_CNN ? ZooFormat.SMALL_CNN : ZooFormat.FILES)
        .importing(exported(), Optional.empty(), "mine", OtherCodePolicy.REMAKE);
  }

  /** Six members of each architecture, with all that a row may hold. */
  private JobRun zoo(List<LayeredArchitecture> architectures) {
    JobRun run = JobRun.in(folder.resolve("run"));
    List<Row> rows = new ArrayList<>();
    Origin origin = new Origin("hash", "code");
    for (int i = 0; i < 6 * architectures.size(); i++) {
      LayeredArchitecture architecture = architectures.get(i / 6);
      float[] parameters = GaussianNetwork.parameters(architecture, i);
      parameters[0] = -0.0f;
      parameters[1] = Float.MIN_VALUE;
      String runId = "r" + i / 2;
      Hyperparameters drawn =
          new Hyperparameters(
              architecture.activation().name().toLowerCase(Locale.ROOT),
              i % 2 == 0 ? "normal" : null,
              i % 2 == 0 ? 0.1 : null,
              "adam",
              1e-3 + i,
              1.0 / 3,
              null,
              0.25,
              32,
              Long.MIN_VALUE + i);
      rows.add(
          MemberRow.healthy(
                  runId + "-e00" + i % 2,
                  i % 2,
                  RunColumns.of(
                      runId,
                      architecture,
                      architecture.dense() ? "mlp" : "cnn",
                      drawn,
                      run.config().seed()),
                  parameters,
                  i % 3 == 0 ? Scores.NONE : new Scores(1.5, 0.1 * i, 1 / 3.0, null, 20.5 + i),
                  origin)
              .with(
                  i % 3 == 0
                      ? Published.NOTHING
                      : new Published("image \"" + i + "\", grey", i, "validation"))
              .toRow());
    }
    run.store()
        .write(
            JobRun.ZOO,
            MembersTable.SCHEMA,
            run.store().session().createDataFrame(rows, MembersTable.SCHEMA.columns()),
            TableProperties.of("hash"));
    return run;
  }

  private static List<Row> columns(JobRun run) {
    return run.rows(MembersTable.SCHEMA)
        .drop(MembersTable.CONFIG_HASH, MembersTable.CODE_VERSION)
        .orderBy(MembersTable.MEMBER_ID)
        .collectAsList();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().endsWith(".crc"))
          .toList();
    }
  }
}

package io.gradzoo.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelChoices;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.jobs.task.RegisteredTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Jobs run one after the other in a folder: plain tables in {@code tables}, run directories in
 * {@code runs}, pages in {@code reports}.
 *
 * @param folder of its own
 * @param preset a config file below {@code assignments}
 * @param assignments the config, as {@code --set} takes it
 * @param choices what models of the config may be
 */
public record JobRun(
    Path folder, Optional<Path> preset, List<String> assignments, ModelChoices choices) {
  /** The zoo's name where the config says no other. */
  public static final String ZOO = "tiny";

  /** In a folder, with this config. */
  public static JobRun in(Path folder, String... assignments) {
    return new JobRun(folder, Optional.empty(), List.of("zoo.name=" + ZOO), ConfigLayers.BUILT_IN)
        .with(assignments);
  }

  /** In a folder, with a zoo of 24 small MLPs and gradient sets of 6 samples. */
  public static JobRun ofSmallMlps(Path folder) {
    return in(
        folder,
        "zoo.runs=12",
        "zoo.architectures=[\"64:dense8:dense10\"]",
        "zoo.epochs=2",
        "zoo.checkpoints=[1, 2]",
        "gradients.probe-samples=6",
        "splits={ train = 0.4, validation = 0.3, test = 0.3 }");
  }

  /** In a folder, with a zoo of twelve small MLPs after their first epoch. */
  public static JobRun ofTwelveMlps(Path folder) {
    return in(
        folder,
        "seed=258",
        "zoo.runs=12",
        "zoo.architectures=[\"64:dense8:dense10\"]",
        "zoo.epochs=1",
        "zoo.checkpoints=[1]",
        "splits={ train = 0.4, validation = 0.3, test = 0.3 }");
  }

  /** In a folder, with the config of a file. */
  public static JobRun of(Path preset, Path folder) {
    return new JobRun(folder, Optional.of(preset), List.of(), ConfigLayers.BUILT_IN);
  }

  /** The same folder with more settings. */
  public JobRun with(String... more) {
    List<String> all = new ArrayList<>(assignments);
    all.addAll(List.of(more));
    return new JobRun(folder, preset, all, choices);
  }

  /** The same folder, with models of one more kind. */
  public JobRun withKind(MetanetworkKind kind) {
    return new JobRun(
        folder, preset, assignments, new ModelChoices(choices.kinds().with(kind), choices.tasks()));
  }

  /** The same folder, with models of one more task. */
  public JobRun withTask(RegisteredTask task) {
    return new JobRun(
        folder, preset, assignments, new ModelChoices(choices.kinds(), choices.tasks().with(task)));
  }

  /** The same config in another folder. */
  public JobRun inFolder(Path other) {
    return new JobRun(other, preset, assignments, choices);
  }

  /** The same jobs in another folder, whose tables are copies of these files. */
  public JobRun copiedTo(Path other) {
    JobRun copy = inFolder(other);
    try (Stream<Path> files = Files.walk(tables())) {
      Files.createDirectories(other);
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.tables().resolve(tables().relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  /** Runs a job. */
  public <R extends JobResult> R run(Job<R> job) {
    return job.run(context());
  }

  /**
   * What a command shows of the result of a job.
   *
   * @throws GradzooException exit code 3 if the result has faults
   */
  public String printed(Job<?> job) {
    return printed(run(job));
  }

  /** What a command says of a job: progress, then the result. */
  public String said(Job<?> job) {
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    String result = printed(job.run(context(Progress.to(new PrintStream(notes, true, UTF_8)))));
    return notes.toString(UTF_8) + result;
  }

  private static String printed(JobResult result) {
    StringWriter out = new StringWriter();
    result.print(new PrintWriter(out, true));
    if (!result.faults().isEmpty()) {
      throw GradzooException.data(result.faults());
    }
    return out.toString();
  }

  /** What a job says that must not run. */
  public GradzooException refusal(Job<?> job) {
    return catchThrowableOfType(GradzooException.class, () -> run(job));
  }

  /** The tables. */
  public TableStore store() {
    return TableStores.plainParquet(SharedSession.get(), tables().toString());
  }

  /** The folder of the tables. */
  public Path tables() {
    return folder.resolve("tables");
  }

  /** The rows of a table of the zoo. */
  public Dataset<Row> rows(TableSchema schema) {
    return store().read(config().zoo().name(), schema);
  }

  /** Where a model's run is. */
  public RunDirectory directory(String model) {
    return RunDirectory.of(config().storage().runs(), config().zoo().name(), model);
  }

  /** The config, read and checked. */
  public GradzooConfig config() {
    List<String> all =
        new ArrayList<>(
            List.of(
                "storage.runs=" + folder.resolve("runs"),
                "storage.reports=" + folder.resolve("reports")));
    all.addAll(assignments);
    return new ConfigLayers(preset, Optional.empty(), all).load(choices);
  }

  /** What a job works with, which says nothing. */
  public JobContext context() {
    return context(Progress.to(new PrintStream(OutputStream.nullOutputStream())));
  }

  /** What a job works with, which says there how far it is. */
  public JobContext context(Progress progress) {
    return new JobContext(config(), store(), progress);
  }
}

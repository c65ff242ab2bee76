package io.gradzoo.jobs.run;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.OutputFolder;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.code.Build;
import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.table.CheckpointFolder;
import io.gradzoo.jobs.table.FilePlace;
import io.gradzoo.jobs.table.PublishedFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The folder of a trained model: {@code model.safetensors}, {@code config.json}, {@code
 * metrics.jsonl} and what commands add to it. It appears whole or not at all, and is replaced only
 * while all that stands in it is listed in its marker.
 *
 * @param location of the folder: a path of this machine, or a URL such as {@code hdfs://…}
 */
public record RunDirectory(String location) {
  /** The model's parameters. */
  public static final String MODEL = "model.safetensors";

  /** The effective config that it was trained with. */
  public static final String CONFIG = "config.json";

  /** Which runs of the zoo it was trained on, selected by and may be tested on. */
  public static final String SPLITS = "splits.json";

  /** One line of JSON per round. */
  public static final String METRICS = "metrics.jsonl";

  /**
   * The build that trained and the versions of the tables that it read, in words, a line each; not
   * part of what is reproducible.
   */
  public static final String BUILD = "build.txt";

  /**
   * Where training stood at its end, from which another can start; it names versions of tables,
   * which are not part of what is reproducible.
   */
  public static final String CHECKPOINT = "checkpoint.safetensors";

  /** The build, the machine and Spark; not part of what is reproducible. */
  public static final String ENVIRONMENT = "environment.json";

  /** What the model is, for people. */
  public static final String CARD = "card.md";

  /** Which checkpoint of another training a training started from, if it did; as JSON. */
  public static final String STARTED_FROM = "started-from.json";

  /** Seconds that training took, as text; not part of what is reproducible. */
  public static final String SECONDS = "training-seconds.txt";

  public RunDirectory {
    while (location.length() > 1 && location.endsWith("/")) {
      location = location.substring(0, location.length() - 1);
    }
  }

  /** A folder of this machine. */
  public RunDirectory(Path path) {
    this(path.toString());
  }

  /** The folder of a model of a zoo below the runs folder. */
  public static RunDirectory of(String runs, String zoo, String model) {
    return below(runs, zoo + "-" + model);
  }

  private static RunDirectory below(String runs, String name) {
    return new RunDirectory(runs.endsWith("/") ? runs + name : runs + "/" + name);
  }

  /**
   * The trained models in a runs folder, by name; links are not followed.
   *
   * @throws GradzooException exit code 3 if the folder cannot be read
   */
  public static List<RunDirectory> in(String runs) {
    FilePlace folder = FilePlace.of(runs);
    if (!folder.isFolder()) {
      return List.of();
    }
    return folder.folderNames().stream()
        .map(name -> below(runs, name))
        .filter(run -> run.has(MODEL))
        .toList();
  }

  /**
   * The versions of tables that any file of the run directories in a folder names.
   *
   * @param runs the folder; links in it are not followed
   * @throws GradzooException exit code 3 if it cannot be read
   */
  public static Set<Long> versionsNamedIn(String runs) {
    return NamedVersions.in(FilePlace.of(runs));
  }

  /**
   * Proves, by writing, that the folder can be replaced, and remembers what stands there. Long work
   * calls this before it starts.
   *
   * @throws GradzooException exit code 3 if it cannot be written, or holds anything that this
   *     program did not write there
   */
  public PublishedFolder.Replacement prepare() {
    FilePlace place = FilePlace.of(location);
    if (place.isLocal()) {
      new OutputFolder("run", path().toAbsolutePath().getParent(), "storage.runs").prepare();
    } else {
      place.parent().proveWritable();
    }
    return published().begin();
  }

  /**
   * Opens the checkpoints of the training that will publish it.
   *
   * @param command for messages, such as {@code train scalegmn}
   * @throws GradzooException exit code 3 if another training has them open, or they cannot be read
   */
  public Checkpoints checkpoints(String command, Progress progress) {
    return new Checkpoints(checkpointFolder(command), command, progress);
  }

  /**
   * Where the work that will publish it keeps its progress.
   *
   * @throws GradzooException as {@link #checkpoints}
   */
  public CheckpointFolder checkpointFolder(String command) {
    return published().checkpoints(command);
  }

  /** Identity of the current run; empty if there is none. */
  public Optional<String> version() {
    return published().version();
  }

  /** Reads several files of the same run, even if another is published meanwhile. */
  public <T> T consistently(Supplier<T> reading) {
    return published().consistently(reading);
  }

  /**
   * The content of {@link #BUILD} for a run of this build.
   *
   * @param tables the versions of the tables that are read
   */
  public static byte[] origin(List<String> tables) {
    String lines = Build.current() + "\n" + String.join("\n", tables) + "\n";
    return lines.getBytes(StandardCharsets.UTF_8);
  }

  /** The versions of the tables that were read, a line each; empty if that is not known. */
  List<String> tableVersions() {
    return has(BUILD)
        ? new String(read(BUILD), StandardCharsets.UTF_8).lines().skip(1).toList()
        : List.of();
  }

  /** Seconds that training took; NaN if that is not known. */
  public double trainingSeconds() {
    if (!has(SECONDS)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(new String(read(SECONDS), StandardCharsets.US_ASCII).strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * How training went, round by round.
   *
   * @throws GradzooException exit code 3, naming the line, if the file is missing or damaged
   */
  public List<RoundMetrics> rounds() {
    return RoundMetrics.parse(standing(METRICS).toString(), read(METRICS));
  }

  /**
   * Names of the files, sorted.
   *
   * @throws GradzooException exit code 3 if the folder cannot be read
   */
  public List<String> files() {
    return published().standing().fileNames().stream()
        .filter(name -> !name.equals(PublishedFolder.MARKER))
        .toList();
  }

  /** Whether a file of that name is there. */
  public boolean has(String name) {
    return standing(name).isFile();
  }

  /**
   * The bytes of a file. A model is checked where its own checksum is known.
   *
   * @throws GradzooException exit code 3 if it is missing or unreadable, or is not what was
   *     published
   */
  public byte[] read(String name) {
    return consistently(
        () -> {
          byte[] bytes = bytes(name);
          if (!name.equals(MODEL)) {
            requirePublished(name, bytes);
          }
          return bytes;
        });
  }

  /**
   * Refuses a file that was changed since it was published; of runs without a marker nothing is
   * known.
   *
   * @throws GradzooException exit code 3
   */
  void requirePublished(String name, byte[] bytes) {
    String found = ContentHash.of(bytes);
    Optional<String> expected = published().published(name);
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw GradzooException.data(
          Fault.of("run")
              .at(place(name))
              .expected("the file as it was published, of SHA-256 %s", expected.get())
              .found(found)
              .fix("put it back, or make the run anew"));
    }
  }

  private byte[] bytes(String name) {
    FilePlace file = standing(name);
    if (!file.isFile()) {
      throw GradzooException.data(
          Fault.of("run")
              .at(place(name))
              .expected("a file")
              .found("none")
              .fix("gradzoo train, or name another run"));
    }
    return file.bytes();
  }

  /**
   * The config that it was made with.
   *
   * @throws GradzooException as {@link #read}
   */
  public ConfigLayers config() {
    return ConfigLayers.stored(place(CONFIG), read(CONFIG));
  }

  /** Where a file of that name belongs, for messages. */
  public String place(String name) {
    return location + "/" + name;
  }

  /** The folder of a run on this machine. */
  public Path path() {
    return Path.of(location);
  }

  /** The last name of its place. */
  public String name() {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** The place, for messages. */
  @Override
  public String toString() {
    return location;
  }

  /** Where a file stands: in the folder, or aside while the folder is being replaced. */
  private FilePlace standing(String name) {
    return published().standing().child(name);
  }

  private PublishedFolder published() {
    return PublishedFolder.at(FilePlace.of(location));
  }
}

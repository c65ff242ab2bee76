package io.gradzoo.jobs.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.OutputFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;

/**
 * The folder of a trained model: {@code model.safetensors}, {@code config.json}, {@code
 * metrics.jsonl} and what commands add to it. It appears whole or not at all.
 *
 * @param path of the folder
 */
public record RunDirectory(Path path) {
  /** The model's parameters. */
  public static final String MODEL = "model.safetensors";

  /** The effective config that it was trained with. */
  public static final String CONFIG = "config.json";

  /** One line of JSON per round. */
  public static final String METRICS = "metrics.jsonl";

  /** The build that trained, in words; not part of what is reproducible. */
  public static final String BUILD = "build.txt";

  /** Seconds that training took, as text; not part of what is reproducible. */
  static final String SECONDS = "training-seconds.txt";

  private static final String UNFINISHED = ".unfinished-";
  private static final String REPLACED = ".replaced-";

  /** The folder of a model of a zoo below the runs folder. */
  public static RunDirectory of(String runs, String zoo, String model) {
    return new RunDirectory(Path.of(runs, zoo + "-" + model));
  }

  /**
   * Replaces the folder by one with these files; what an interrupted run left beside it is removed.
   */
  public void publish(SortedMap<String, byte[]> files) {
    prepare();
    Path parent = folder().path();
    Path unfinished = parent.resolve(UNFINISHED + path.getFileName());
    Path replaced = parent.resolve(REPLACED + path.getFileName());
    try {
      delete(unfinished);
      Files.createDirectory(unfinished);
      for (var file : files.entrySet()) {
        Files.write(unfinished.resolve(file.getKey()), file.getValue());
      }
      delete(replaced);
      if (Files.exists(path)) {
        move(path, replaced);
      }
      move(unfinished, path);
      delete(replaced);
    } catch (IOException e) {
      throw folder().unwritable(path, e);
    }
  }

  /**
   * Makes the folder that it will stand in. Long work calls this before it starts.
   *
   * @throws GradzooException exit code 3 if that cannot be
   */
  public void prepare() {
    folder().prepare();
  }

  /** Replaces or adds one file at once. */
  public void put(String name, byte[] content) {
    Path unfinished = path.resolve(UNFINISHED + name);
    try {
      Files.write(unfinished, content);
      move(unfinished, path.resolve(name));
    } catch (IOException e) {
      throw folder().unwritable(path.resolve(name), e);
    }
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

  /** Whether a file of that name is there. */
  public boolean has(String name) {
    return Files.isRegularFile(path.resolve(name));
  }

  /**
   * The bytes of a file.
   *
   * @throws GradzooException exit code 3 if it is missing or unreadable
   */
  public byte[] read(String name) {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw GradzooException.data(
          Fault.of("run")
              .at(file)
              .expected("a file")
              .found("none")
              .fix("gradzoo train, or name another run"));
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("run").at(file).found("cannot be read: " + e.getMessage()), e);
    }
  }

  private OutputFolder folder() {
    return new OutputFolder("run", path.toAbsolutePath().getParent(), "storage.runs");
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

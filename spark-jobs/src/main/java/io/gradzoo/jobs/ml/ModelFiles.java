package io.gradzoo.jobs.ml;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a fitted stage is: the files of its run directory that say what it is and how it became
 * that.
 *
 * @param files bytes by name
 */
record ModelFiles(SortedMap<String, byte[]> files) {
  /** Names of the files. */
  static final List<String> NAMES =
      List.of(
          RunDirectory.MODEL,
          RunDirectory.CONFIG,
          RunDirectory.METRICS,
          RunDirectory.SPLITS,
          RunDirectory.CARD);

  /** Those of a run directory. */
  static ModelFiles of(RunDirectory run) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    NAMES.forEach(name -> files.put(name, run.read(name)));
    return new ModelFiles(files);
  }

  /** Does something with the run directory that they make, which is deleted after that. */
  <T> T unpacked(Function<Path, T> work) {
    return inFolder(
        folder -> {
          try {
            for (String name : files.keySet()) {
              Files.write(folder.resolve(name), files.get(name));
            }
          } catch (IOException e) {
            throw failure(e);
          }
          return work.apply(folder);
        });
  }

  /** Does something with a temporary folder. */
  static <T> T inFolder(Function<Path, T> work) {
    try {
      Path folder = Files.createTempDirectory("gradzoo-stage");
      try {
        return work.apply(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static GradzooException failure(IOException e) {
    return GradzooException.data(
        Fault.of("stage")
            .at(System.getProperty("java.io.tmpdir"))
            .found("cannot be written: " + e.getMessage())
            .fix("make room there, or let it be written"),
        e);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many classes a command loads before its work, which is most of what a user waits for. The
 * bounds are a tenth above what was counted when they were set.
 */
class LoadedClassesTest {
  @TempDir Path folder;

  @Test
  void whatNeedsNoSessionLoadsNothingOfSpark() throws Exception {
    List<String> classes = loaded("config", "show");

    assertThat(classes)
        .noneMatch(name -> name.startsWith("org.apache.spark."))
        .noneMatch(name -> name.startsWith("org.apache.iceberg."))
        .noneMatch(name -> name.startsWith("scala."));
    assertThat(classes.size()).isLessThan(2_200);
  }

  @Test
  void aListOfZoosLoadsNeitherKernelsNorTapes() throws Exception {
    List<String> classes = loaded("zoo", "list");

    assertThat(classes)
        .anyMatch(name -> name.startsWith("org.apache.spark."))
        .noneMatch(name -> name.startsWith("io.gradzoo.engine.kernel."))
        .noneMatch(name -> name.startsWith("io.gradzoo.engine.tensor.cpu."));
    assertThat(classes.size()).isLessThan(9_800);
  }

  private List<String> loaded(String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    Workplace place = new Workplace(Files.createDirectories(folder.resolve("place")));
    try (ChildGradzoo child = ChildGradzoo.logging(log, place, "local[2]", command)) {
      child.outcome().ok();
    }
    return Files.readAllLines(log).stream()
        .map(line -> line.substring(line.lastIndexOf(']') + 1).strip().split(" ", 2)[0])
        .toList();
  }
}

package io.gradzoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every package says what it is, what it may do, and where to begin to read. */
class PackagesTest {
  private static final Pattern LINK = Pattern.compile("\\{@link (\\w+)}");

  @TestFactory
  Stream<DynamicTest> everyPackageSaysWhatItIsAndWhereToBegin() throws IOException {
    List<Path> packages = packages();
    assertThat(packages).hasSizeGreaterThan(30);
    return packages.stream().map(p -> DynamicTest.dynamicTest(p.toString(), () -> check(p)));
  }

  private static void check(Path folder) throws IOException {
    Path info = folder.resolve("package-info.java");
    assertThat(info).exists();
    String text = Files.readString(info);
    assertThat(text.split("<p>", -1)).as("what it is, what it may do, what to read").hasSize(3);
    Matcher links = LINK.matcher(text.substring(text.lastIndexOf("<p>Read ")));
    assertThat(links.results().map(link -> folder.resolve(link.group(1) + ".java")))
        .isNotEmpty()
        .allSatisfy(first -> assertThat(first).exists());
  }

  private static List<Path> packages() throws IOException {
    List<Path> packages = new ArrayList<>();
    for (String module : List.of("engine", "datasets", "spark-jobs", "spark-jobs/dl4j")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .sorted()
            .forEach(packages::add);
      }
    }
    return packages;
  }
}

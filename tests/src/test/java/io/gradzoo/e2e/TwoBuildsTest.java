package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.PatchedClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two builds: of one source in two folders, and two that differ over one folder of results. */
@Tag("slow")
class TwoBuildsTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES = List.of("engine", "datasets", "spark-jobs");

  @TempDir Path folder;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void theDemoMakesAgainWhatAnotherBuildWouldMakeDifferently() throws Exception {
    Workplace place = new Workplace(Files.createDirectories(folder.resolve("place")));
    assertThat(madeAgain(demo(place))).isEmpty();

    Outcome report = demo(place, "io/gradzoo/jobs/report/HtmlReport");
    assertThat(madeAgain(report)).isEmpty();
    assertThat(upToDate(report)).hasSize(6);

    Outcome baseline = demo(place, "io/gradzoo/jobs/baseline/BoostingTrial");
    assertThat(madeAgain(baseline)).hasSize(2).allMatch(line -> line.contains("evaluation.json"));
    assertThat(upToDate(baseline)).hasSize(4);

    String plan = "io/gradzoo/jobs/zoo/RunPlan";
    assertThat(madeAgain(demo(place, plan))).hasSize(4);
    assertThat(upToDate(demo(place, plan))).hasSize(6);

    Outcome reusing = child(place, List.of(), "demo", "--reuse-other-code");
    assertThat(reusing.err())
        .filteredOn(line -> line.endsWith("than this, reused"))
        .singleElement()
        .asString()
        .startsWith("tiny.members:"); // the rest is what this code makes of these members
    assertThat(upToDate(reusing)).hasSize(5);
    assertThat(madeAgain(reusing)).isEmpty();
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void twoBuildsOfASourceArchiveAreTheSameCode() throws Exception {
    Path one = build("one");
    Path two = build("the other");

    assertThat(classes(one)).hasSizeGreaterThan(500).isEqualTo(classes(two));
    assertThat(version(one))
        .matches("gradzoo \\S+, commit unknown, classes [0-9a-f]{16}")
        .isEqualTo(version(two));
  }

  private Outcome demo(Workplace place, String... patched) throws Exception {
    return child(place, List.of(patched), "demo");
  }

  private Outcome child(Workplace place, List<String> patched, String... command) throws Exception {
    Path patches = Files.createTempDirectory(folder, "build");
    for (String name : patched) {
      PatchedClass.write(patches, name);
    }
    try (ChildGradzoo child = ChildGradzoo.ofBuild(patches, place, "local[2]", command)) {
      return child.outcome().ok();
    }
  }

  private static List<String> madeAgain(Outcome demo) {
    return demo.err().stream().filter(line -> line.endsWith("than this, made again")).toList();
  }

  private static List<String> upToDate(Outcome demo) {
    return demo.err().stream().filter(line -> line.endsWith(": up to date")).toList();
  }

  /** Builds a copy of the source without its history. */
  private Path build(String name) throws Exception {
    Path home = folder.resolve(name);
    for (String part :
        List.of("pom.xml", "tests/pom.xml", "LICENSE", "NOTICE", ".mvn", "deploy", "conf")) {
      copy(part, home);
    }
    for (String module : MODULES) {
      copy(module + "/pom.xml", home);
      copy(module + "/src/main", home);
    }
    run(
        home,
        "mvn -B -q -o -Dmaven.test.skip -Dspotless.check.skip -Dgradzoo.jar.skip=true -pl spark-jobs -am package"
            .split(" ", -1));
    return home;
  }

  private static String version(Path home) throws Exception {
    Path jobs = home.resolve("spark-jobs/target");
    return run(
        home,
        ProcessHandle.current().info().command().orElseThrow(),
        "-cp",
        jobs.resolve("gradzoo-spark-jobs.jar")
            + ":"
            + Files.readString(jobs.resolve("classpath.txt")),
        "io.gradzoo.jobs.cli.Main",
        "--version");
  }

  private static String run(Path home, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip();
  }

  /** Hashes of all classes, by name. */
  private static Map<String, String> classes(Path home) throws IOException {
    Map<String, String> classes = new TreeMap<>();
    for (String module : MODULES) {
      Path root = home.resolve(module).resolve("target/classes");
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".class"))
            .forEach(
                file ->
                    classes.put(
                        root.relativize(file).toString(), Workplace.sha256(Workplace.bytes(file))));
      }
    }
    return classes;
  }

  private static void copy(String part, Path home) throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve(part))) {
      files.forEach(
          file -> {
            try {
              Path to = home.resolve(HOME.relativize(file).toString());
              Files.createDirectories(to.getParent());
              if (!Files.isDirectory(file)) {
                Files.copy(file, to);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}

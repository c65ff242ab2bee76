package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python interpreter: the one that the environment's {@code GRADZOO_PYTHON} names, else the one
 * that {@code .ci/python} made, else {@code python3}.
 */
final class Python {
  private static final Path MADE = Path.of("../target/python/bin/python");
  private static final long LONGEST_SECONDS = 300;
  private static final String MISSING =
      "import importlib.util as u, sys;"
          + "print(*(m for m in sys.argv[1:] if not u.find_spec(m)), sep=', ', end='')";

  private Python() {}

  /** Skips the test that calls, with one line, where there is no interpreter with these modules. */
  static void assume(List<String> modules) {
    List<String> arguments = new ArrayList<>(List.of("-c", MISSING));
    arguments.addAll(modules);
    String missing;
    try {
      missing = run(Path.of("."), arguments);
    } catch (IOException e) {
      missing = "an interpreter";
    }
    assumeTrue(missing.isEmpty(), "no Python with " + missing + ": see .ci/python");
  }

  /**
   * Runs a script, which must succeed.
   *
   * @param folder where it runs
   * @return what it printed
   */
  static String script(Path folder, Path script, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(script.toAbsolutePath().toString()));
    all.addAll(List.of(arguments));
    return run(folder, all);
  }

  private static String run(Path folder, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(interpreter()));
    command.addAll(arguments);
    Path printed = Files.createTempFile("python", ".out");
    Path said = Files.createTempFile("python", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(printed.toFile())
              .redirectError(said.toFile())
              .start();
      boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String errors = Files.readString(said);
      assertThat(ended).as("%s ended in %s s: %s", command, LONGEST_SECONDS, errors).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, errors).isZero();
      return Files.readString(printed);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    } finally {
      Files.delete(printed);
      Files.delete(said);
    }
  }

  private static String interpreter() {
    String named = System.getenv("GRADZOO_PYTHON");
    if (named != null) {
      return named;
    }
    return Files.isExecutable(MADE) ? MADE.toAbsolutePath().normalize().toString() : "python3";
  }
}

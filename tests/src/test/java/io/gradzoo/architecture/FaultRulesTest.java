package io.gradzoo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds of every message in the sources: a fault is built, not written, and its fix exists.
 */
class FaultRulesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern BY_HAND =
      Pattern.compile("(^|: )expected .|, found |\\(fix: |, expected ");
  private static final Pattern FIX = Pattern.compile("\\.fix\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern COMMAND =
      Pattern.compile(
          "gradzoo (config show|zoo (generate|list|show|verify)|gradients compute|train|evaluate|study|report|storage"
              + " migrate)\\b");
  private static final Pattern ANY_COMMAND = Pattern.compile("gradzoo (\\w+)");
  private static final Pattern KEY =
      Pattern.compile("\\b(zoo|gradients|splits|storage|study)\\.([a-z-]+)");

  @Test
  void nobodyWritesExpectedFoundAndFixByHand() throws IOException {
    List<String> byHand = new ArrayList<>();
    for (Path file : sources()) {
      if (!writesItself(file)) {
        LITERAL
            .matcher(Files.readString(file))
            .results()
            .map(literal -> literal.group(1))
            .filter(BY_HAND.asPredicate())
            .forEach(text -> byHand.add(file.getFileName() + ": " + text));
      }
    }

    assertThat(byHand).as("build an io.gradzoo.engine.fault.Fault instead").isEmpty();
  }

  @Test
  void fixesNameCommandsAndKeysThatExist() throws IOException {
    String keys = Files.readString(ROOT.resolve("spark-jobs/src/main/resources/reference.conf"));
    List<String> unknown = new ArrayList<>();
    int fixes = 0;
    for (Path file : sources()) {
      for (MatchResult fix : FIX.matcher(Files.readString(file)).results().toList()) {
        fixes++;
        String text = fix.group(1);
        if (ANY_COMMAND.matcher(text).results().count()
            != COMMAND.matcher(text).results().count()) {
          unknown.add(text);
        }
        KEY.matcher(text)
            .results()
            .filter(key -> !Pattern.compile("(?m)^ *" + key.group(2) + "\\b").matcher(keys).find())
            .forEach(key -> unknown.add(text));
      }
    }

    assertThat(unknown).isEmpty();
    assertThat(fixes).isGreaterThan(30);
  }

  /** The formatter itself, and what picocli says of a command line, which is no fault. */
  private static boolean writesItself(Path file) {
    return file.endsWith("Fault.java")
        || file.endsWith("CommandGroup.java")
        || file.endsWith("GradzooCommand.java");
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("engine", "datasets", "spark-jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(100);
    return sources;
  }
}

package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.facade.Presets;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every bad invocation: the exit code, at most three lines, and words that help. */
class BadInvocationsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    System.setProperty(Presets.HOME, "..");
    SharedSession.get();
    Files.writeString(folder.resolve("file"), "x");
    Files.writeString(folder.resolve("empty.conf"), "");
    Files.writeString(folder.resolve("syntax.conf"), "gradzoo {\n  zoo { runs = [1, 2 }\n}\n");
    Files.writeString(folder.resolve("include.conf"), "include url(\"http://localhost:1/x\")\n");
    Files.writeString(folder.resolve("nothing.conf"), "gradzoo {\n seed = ${gradzoo.nothing} }\n");
    Files.writeString(folder.resolve("env.conf"), "gradzoo.storage.runs = ${HOME}\n");
    Files.writeString(folder.resolve("root.conf"), "gradzo.seed = 1\n");
    Files.writeString(folder.resolve("typo.conf"), "gradzoo {\n  zoo.epoch = 1\n}\n");
    Files.writeString(
        folder.resolve("many.conf"),
        "gradzoo { seed = a\n zoo { runs = b\n epochs = c\n batch-size = d\n epoch = 1 } }\n");
    Files.writeString(folder.resolve("models.conf"), "gradzoo.models.x { kind = scalegm }\n");
    Files.write(folder.resolve("bytes.conf"), new byte[] {(byte) 0xff, 0, 1});
    Files.writeString(folder.resolve("deep.conf"), "gradzoo=" + "{a=".repeat(100_000));
    Files.writeString(folder.resolve("huge.conf"), "#" + "x".repeat(1 << 20));
    Files.writeString(folder.resolve("expands.conf"), expanding("gradzoo.a%d", 8, 10));
    Files.writeString(folder.resolve("blocks.conf"), expandingBlocks(12, 10));
    Files.writeString(
        folder.resolve("itself.conf"),
        "gradzoo.zoo.name = x\n"
            + "gradzoo.zoo.name = ${gradzoo.zoo.name}${gradzoo.zoo.name}\n".repeat(40));
    Files.createDirectories(folder.resolve("half/digits/members"));
    Files.createDirectories(folder.resolve("garbled/digits/members"));
    Files.writeString(folder.resolve("garbled/digits/members/_gradzoo.json"), "{");
    Files.createDirectories(folder.resolve("foreign/digits/members"));
    Files.writeString(
        folder.resolve("foreign/digits/members/_gradzoo.json"),
        "{\"rows\": 1, \"properties\": {}, \"files\": {}}");
    Files.createDirectories(folder.resolve("iceberg/digits/members/metadata"));
    Files.writeString(folder.resolve("iceberg/digits/members/metadata/version-hint.text"), "1");
    Files.writeString(folder.resolve("iceberg/digits/members/metadata/v1.metadata.json"), "{");
    Files.createDirectories(folder.resolve("garbled4"));
    for (String zoo : List.of("a", "b", "c", "d")) {
      Files.createDirectories(folder.resolve("garbled4").resolve(zoo).resolve("members"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "bad-invocations.txt", delimiter = '|', quoteCharacter = '~')
  void isRefusedInThreeLines(String line, int status, String fragment) {
    Outcome outcome = run(line);

    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(status);
    assertThat(outcome.err()).hasSizeBetween(1, 3);
    assertThat(outcome.err()).allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(400));
    assertThat(outcome.err())
        .noneMatch(text -> text.contains("\tat ") || text.contains("Exception"));
    assertThat(String.join("\n", outcome.err()))
        .contains(fragment.replace("{tmp}", folder.toString()));
  }

  @Test
  void theThirdLineNamesWhereTheOtherMistakesAre() {
    assertThat(run("config show --config {tmp}/many.conf").err())
        .containsExactly(
            "config: "
                + folder
                + "/many.conf:1: seed: expected a whole number from 0 to 9223372036854775807,"
                + " found \"a\"",
            "config: "
                + folder
                + "/many.conf:3: zoo.epochs: expected a whole number from 1 to 100000, found \"c\"",
            "and 3 more: zoo.runs, zoo.batch-size, zoo.epoch (--debug shows them)");
  }

  @Test
  void debugShowsEveryMistakeAndTheStack() {
    Outcome outcome = run("config show --debug --config {tmp}/many.conf");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err().subList(0, 5)).allMatch(line -> line.startsWith("config: "));
    assertThat(outcome.err()).anyMatch(line -> line.startsWith("\tat "));
  }

  /** Each key so many times the one before it. */
  private static String expanding(String key, int levels, int times) {
    StringBuilder text = new StringBuilder(key.formatted(0) + " = xxxxxxxxxx\n");
    for (int i = 1; i <= levels; i++) {
      String before = "${" + key.formatted(i - 1) + "}";
      text.append(key.formatted(i)).append(" = ").append(before.repeat(times)).append('\n');
    }
    return text + "gradzoo.zoo.name = ${" + key.formatted(levels) + "}\n";
  }

  private static String expandingBlocks(int levels, int times) {
    StringBuilder text = new StringBuilder("b0 = { x = 1 }\n");
    for (int i = 1; i <= levels; i++) {
      for (int j = 0; j < times; j++) {
        text.append("b%d.k%d = [${b%d}]\n".formatted(i, j, i - 1));
      }
    }
    return text.toString();
  }

  private static Outcome run(String line) {
    String[] arguments =
        line == null
            ? new String[0]
            : Arrays.stream(line.strip().split(" +"))
                .map(argument -> argument.replace("{tmp}", folder.toString()).replace("{}", ""))
                .toArray(String[]::new);
    return Outcome.of(arguments);
  }
}

package io.gradzoo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a command returned and printed.
 *
 * @param status exit code
 * @param out lines of results
 * @param err lines of progress and errors
 */
public record Outcome(int status, List<String> out, List<String> err) {

  /** Runs a command in this JVM. */
  public static Outcome of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(arguments, new PrintStream(out), new PrintStream(err));
    return new Outcome(status, lines(out), lines(err));
  }

  /** The same, if it succeeded. */
  public Outcome ok() {
    assertThat(status).as(() -> String.join("\n", err)).isZero();
    return this;
  }

  /** The same, if it was refused with this status and one line that says so. */
  public Outcome refused(int expected, String... words) {
    String all = String.join("\n", err);
    assertThat(status).as(all).isEqualTo(expected);
    assertThat(errors()).as(all).hasSize(1);
    assertThat(errors().get(0)).contains(words).contains("(fix: ");
    assertThat(errors().get(0)).doesNotContain("Exception", "\tat ").hasSizeLessThan(401);
    return this;
  }

  /** The lines that say what went wrong: those of progress left out. */
  public List<String> errors() {
    return err.stream()
        .filter(
            line ->
                !line.matches(
                    ".* \\d+/\\d+ \\w+ .*"
                        + "|.*: (up to date|made by other code than this.*|has no checksum.*)"))
        .toList();
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}

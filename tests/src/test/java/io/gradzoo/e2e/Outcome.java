package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What a command returned and printed. */
record Outcome(int status, List<String> out, List<String> err) {

  /** The same, if it succeeded. */
  Outcome ok() {
    assertThat(status).as(() -> String.join("\n", err)).isZero();
    return this;
  }

  /** The same, if it was refused with this status and one line that says so. */
  Outcome refused(int expected, String... words) {
    String all = String.join("\n", err);
    assertThat(status).as(all).isEqualTo(expected);
    assertThat(errors()).as(all).hasSize(1);
    assertThat(errors().get(0)).contains(words).contains("(fix: ");
    assertThat(errors().get(0)).doesNotContain("Exception", "\tat ").hasSizeLessThan(401);
    return this;
  }

  /** The lines that say what went wrong: those of progress left out. */
  List<String> errors() {
    return err.stream()
        .filter(
            line ->
                !line.matches(
                    ".* \\d+/\\d+ \\w+ .*|.*: (up to date|made by other code than this.*)"))
        .toList();
  }
}

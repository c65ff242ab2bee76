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

  /** The lines that say what went wrong: those of progress left out. */
  List<String> errors() {
    return err.stream()
        .filter(line -> !line.matches(".* \\d+/\\d+ \\w+ .*|.*: up to date"))
        .toList();
  }
}

package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What stands on the terminal in the end: the reason, and no word of Spark's. */
@EnabledOnOs(OS.LINUX)
class TerminalTest {
  private static final String OF_THE_JVM = "WARNING: Using incubator modules";

  @TempDir Path folder;

  @Test
  void anInterruptedCommandSaysSoInItsLastLine() throws Exception {
    try (ChildGradzoo child =
        ChildGradzoo.start(new Workplace(folder), "local[2]", "zoo", "generate")) {
      while (child.process().isAlive()
          && ListeningSockets.of(child.process().toHandle()).size() < 2) {
        Thread.sleep(20);
      }
      child.process().destroy();
      Outcome outcome = child.outcome();

      assertThat(outcome.status()).isEqualTo(143);
      assertThat(said(outcome)).endsWith("gradzoo: interrupted; the same command goes on");
      assertThat(said(outcome)).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void aFailureIsOneLineAndTheNameOfALog() throws Exception {
    Path nothing = folder.resolve("nothing");
    try (ChildGradzoo child =
        ChildGradzoo.start(
            new Workplace(folder), "local[2]", "--output=" + nothing, "zoo", "list")) {
      Outcome outcome = child.outcome();

      assertThat(outcome.status()).isEqualTo(3);
      assertThat(said(outcome)).hasSize(2);
      assertThat(said(outcome).get(1)).startsWith("log: ");
      assertThat(Files.readString(Path.of(said(outcome).get(1).substring("log: ".length()))))
          .contains("GradzooException");
    }
  }

  private static List<String> said(Outcome outcome) {
    return outcome.err().stream()
        .filter(line -> !line.startsWith(OF_THE_JVM) && !line.startsWith("SLF4J: "))
        .toList();
  }
}

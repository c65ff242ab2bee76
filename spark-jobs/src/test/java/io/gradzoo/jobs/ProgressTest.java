package io.gradzoo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong clock = new AtomicLong();

  @Test
  void aLineComesEveryFiveSecondsAndOneAtTheEnd() {
    try (Progress.Task task = Progress.lines(out, clock::get).start("zoo generate", "runs", 400)) {
      for (int second = 1; second <= 12; second++) {
        clock.addAndGet(1_000_000_000L);
        task.advance(20);
      }
    }

    assertThat(text())
        .isEqualTo(
            """
            zoo generate: 100/400 runs  25 %  20.0/s  ETA 15 s
            zoo generate: 200/400 runs  50 %  20.0/s  ETA 10 s
            zoo generate: 240/400 runs in 12 s (20.0/s)
            """);
  }

  @Test
  void anEventIsALineAtOnce() {
    try (Progress.Task task = Progress.lines(out, clock::get).start("train", "rounds", 2)) {
      clock.addAndGet(90_000_000_000L);
      task.advance(1, "loss 0.25");
    }

    assertThat(text())
        .isEqualTo(
            """
            train: 1/2 rounds  50 %  0.011/s  ETA 1 min 30 s  loss 0.25
            train: 1/2 rounds in 1 min 30 s (0.011/s)
            """);
  }

  @Test
  void sparseLinesAreSecondsApartWhateverHappens() {
    Progress progress = Progress.sparse(out, clock::get);
    try (Progress.Task task = progress.start("train", "rounds", 100)) {
      for (int round = 0; round < 100; round++) {
        clock.addAndGet(100_000_000L);
        task.advance(1, "loss 0.5");
      }
    }

    assertThat(text())
        .isEqualTo(
            """
            train: 50/100 rounds  50 %  10.0/s  ETA 5 s  loss 0.5
            train: 100/100 rounds  100 %  10.0/s  ETA 0 s  loss 0.5
            train: 100/100 rounds in 10 s (10.0/s)
            """);
  }

  @Test
  void notesAndAnnouncementsArePassedOn() {
    List<String> heard = new ArrayList<>();
    Progress progress = Progress.silent().alsoTo(heard::add);
    try (Progress.Task task = progress.start("train", "rounds", 1)) {
      progress.announce("64 members");
      task.advance(1, "loss 0.5");
      progress.note("of other code");
    }

    assertThat(heard).containsExactly("64 members", "of other code");
  }

  @Test
  void onATerminalTheLineIsRewrittenAndErasedBeforeOthers() {
    Progress progress = Progress.live(out, clock::get);
    try (Progress.Task task = progress.start("t", "rows", 1000)) {
      clock.addAndGet(1_000_000_000L);
      task.advance(500);
      clock.addAndGet(1_000L);
      task.advance(1);
      progress.note("note");
    }

    String line = "t: 500/1000 rows  50 %  500/s  ETA 1 s";
    String blank = " ".repeat(line.length());
    assertThat(text())
        .isEqualTo("\r" + line + "\r" + blank + "\rnote\nt: 501/1000 rows in 1 s (501/s)\n");
  }

  @Test
  void nothingToDoIsNoDivisionByZero() {
    Progress.lines(out, clock::get).start("t", "rows", 0).close();

    assertThat(text()).isEqualTo("t: 0/0 rows in 0 s (0.000/s)\n");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed of a failure. */
class ErrorReportTest {
  @TempDir Path temporary;

  @Test
  void aLongLineKeepsEveryPartAndLosesTheMiddleOfTheLongest() {
    Fault fault =
        Fault.of("model")
            .at("/a/" + "folder/".repeat(100) + "model.safetensors")
            .expected("7 numbers")
            .found("x".repeat(1000))
            .fix("train again");

    assertThat(lines(GradzooException.data(fault), Optional.empty()))
        .singleElement()
        .asString()
        .hasSizeLessThanOrEqualTo(400)
        .startsWith("model: /a/folder/")
        .contains("…", "model.safetensors: expected 7 numbers, found xxx")
        .endsWith("(fix: train again)");
  }

  @Test
  void theLastOfThreeLinesNamesTheLog() {
    RunLog log = new RunLog(temporary.resolve("gradzoo-ada"));
    List<Fault> faults =
        IntStream.range(0, 5).mapToObj(i -> Fault.of("read").at("file" + i).found("bad")).toList();

    List<String> lines = lines(GradzooException.data(faults), Optional.of(log));

    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).contains("and 4 more: file1, file2");
    assertThat(lines.get(2)).isEqualTo("log: " + log.path().orElseThrow());
    assertThat(log.path().orElseThrow()).content().contains("GradzooException", "\tat ");
  }

  @Test
  void mistakesOfTheUserNeedNoLog() {
    RunLog log = new RunLog(temporary.resolve("gradzoo-ada"));

    assertThat(
            lines(
                GradzooException.usage(Fault.of("config").found("jdbc.password=HUSH")),
                Optional.of(log)))
        .singleElement()
        .asString()
        .doesNotContain("HUSH");
    assertThat(log.path()).isEmpty();
  }

  @Test
  void aFaultOfTheEngineIsTheDatasWhateverWrapsIt() {
    Throwable task =
        new IllegalStateException(
            "task 3 failed", Fault.of("network x").expected("2 inputs").found(3).exception());

    assertThat(Failures.exitCode(task)).isEqualTo(ExitCode.DATA);
    assertThat(lines(task, Optional.empty()))
        .containsExactly("network x: expected 2 inputs, found 3");
  }

  private static List<String> lines(Throwable failure, Optional<RunLog> log) {
    StringWriter text = new StringWriter();
    new ErrorReport(new PrintWriter(text), false, log).failure(failure);
    return text.toString().lines().toList();
  }
}

package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.facade.Presets;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {
  @TempDir Path folder;

  @BeforeAll
  static void open() {
    System.setProperty(Presets.HOME, "..");
    SharedSession.get();
  }

  @AfterEach
  void leaveTheSession() {
    SparkSession.clearActiveSession();
  }

  @Test
  void aScriptHasTheSessionTheFacadeAndTheFunctions() throws IOException {
    Outcome outcome =
        shell(
            """
            int runs = gradzoo.config().zoo().runs();
            runs + 1
            for (int i = 0; i < 2; i++) {
              runs += i;
            }
            spark.sql("SELECT gradzoo_biases('relu:1:dense1', array(2f, 3f), 0)").head().getList(0)
            """,
            "--set=zoo.runs=41");

    assertThat(outcome.ok().out()).containsExactly("42", "[3.0]");
    assertThat(SharedSession.get().sparkContext().isStopped()).isFalse();
  }

  @Test
  void sqlFindsTheWarehouseBeforeTheFirstStepAndMakesNone() throws IOException {
    SparkSession.setActiveSession(SharedSession.get().newSession());
    Outcome fresh = shell("spark.table(\"gradzoo.zoo.members\").count()");

    assertThat(fresh.status()).isEqualTo(3);
    assertThat(fresh.err()).last().asString().contains("expected a warehouse, found none yet");
    assertThat(folder.resolve("warehouse")).doesNotExist();

    shell(
            """
            gradzoo.zoo("zoo").generate();
            """,
            "--set=zoo.runs=2",
            "--set=zoo.epochs=1",
            "--set=zoo.checkpoints=[1]")
        .ok();
    SparkSession.setActiveSession(SharedSession.get().newSession());
    Outcome later = shell("spark.sql(\"SELECT count(*) FROM gradzoo.zoo.members\").head().get(0)");

    assertThat(later.ok().out()).containsExactly("2");
  }

  @Test
  void aUsersMistakeIsShownWithoutATraceOfSparks() {
    try (JShell shell = JShell.builder().executionEngine(TerseExecution.NAME).build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      String sql = "org.apache.spark.sql.SparkSession.active().sql(\"SELECT nosuch\")";

      EvalException mistake = (EvalException) shell.eval(sql).get(0).exception();
      EvalException bug =
          (EvalException) shell.eval("java.util.List.of().get(0)").get(0).exception();

      assertThat(mistake).hasMessageContaining("UNRESOLVED_COLUMN");
      assertThat(mistake.getStackTrace()).isEmpty();
      assertThat(mistake.getCause()).isNull();
      assertThat(bug.getStackTrace()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int x = "a";                 | 2 | snippet: int x = "a";: incompatible types
          int x = (                    | 2 | snippet: int x = (: not a whole statement
          gradzoo.run(java.nio.file.Path.of("nosuch")).show() | 3 | nosuch
          Object o = null; o.hashCode() | 5 | internal
          """)
  void aMistakeEndsAScriptWithItsExitCode(String script, int status, String words)
      throws IOException {
    Outcome outcome = shell(script + "\n\"after\"");

    assertThat(outcome.status()).isEqualTo(status);
    assertThat(String.join("\n", outcome.err())).contains(words);
    assertThat(outcome.out()).doesNotContain("\"after\"");
  }

  private Outcome shell(String script, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("script.jsh"), script);
    String[] arguments = new String[options.length + 3];
    arguments[0] = "shell";
    arguments[1] = file.toString();
    arguments[2] = "--set=storage.warehouse=" + folder.resolve("warehouse");
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Outcome.of(arguments);
  }
}

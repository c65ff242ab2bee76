package io.gradzoo.jobs.config;

import static io.gradzoo.jobs.config.Configs.load;
import static io.gradzoo.jobs.config.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that had another name: {@code study.validation-members}, once {@code study.validation}. */
class RenamedKeysTest {
  private static final String RENAMED =
      "study.validation: this key is called study.validation-members now";

  @TempDir Path folder;

  @Test
  void theOldNameMeansTheSame() {
    GradzooConfig old = load("study.validation=150");
    GradzooConfig now = load("study.validation-members=150");

    assertThat(old.study())
        .isEqualTo(now.study())
        .isEqualTo(new StudyConfig(now.study().sizes(), 3, 150));
    assertThat(old.effective().json()).isEqualTo(now.effective().json());
    assertThat(old.effective().studyHash())
        .isEqualTo(now.effective().studyHash())
        .isNotEqualTo(load().effective().studyHash());
    assertThat(now.warnings()).isEmpty();
  }

  @Test
  void theOldNameIsWarnedAboutWithItsPlace() throws IOException {
    Path file = write("old.conf", "gradzoo {\n  study.validation = 150\n}\n");

    assertThat(load("study.validation=150").warnings()).containsExactly("config: --set " + RENAMED);
    assertThat(ConfigLayers.of(file).load().warnings())
        .containsExactly("config: " + file + ":2: " + RENAMED);
  }

  @Test
  void bothNamesAreRefusedInOneLayerOrInTwo() throws IOException {
    String both =
        "study.validation: expected one of this and study.validation-members, its name now, found both";
    Path now = write("now.conf", "gradzoo.study.validation-members = 150");

    assertThat(problems("study.validation=150", "study.validation-members=150"))
        .containsExactly("config: --set " + both);
    assertThat(problems(ConfigLayers.of(now, "study.validation=150")))
        .containsExactly("config: --set " + both);
    Path old = write("old.conf", "gradzoo.study.validation = 150");
    assertThat(problems(ConfigLayers.of(old, "study.validation-members=200")))
        .containsExactly("config: " + old + ":1: " + both);
  }

  @Test
  void aBadValueUnderTheOldNameIsRefused() {
    assertThat(problems("study.validation=1"))
        .containsExactly(
            "config: --set study.validation-members: expected a whole number from 2 to 1000000,"
                + " found \"1\"");
  }

  @Test
  void theProgramPrintsTheWarningBesideItsResults() throws IOException {
    Path file = write("empty.conf", "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setProperty("gradzoo.home", "..");

    int status =
        Main.run(
            new String[] {
              "config", "show", "--config", file.toString(), "--set=study.validation=150"
            },
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(status).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("config: --set " + RENAMED);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"validation-members\": 150")
        .doesNotContain("warn");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}

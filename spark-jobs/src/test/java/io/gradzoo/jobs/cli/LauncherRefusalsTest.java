package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What deploy/bin/gradzoo refuses before it starts anything. */
class LauncherRefusalsTest extends LauncherFixture {
  @Test
  void withoutOptionsNothingIsStarted() throws Exception {
    Files.delete(home.resolve("deploy/jvm.options"));

    Call call = call(Map.of(), "demo");

    assertThat(call.status()).isEqualTo(5);
    assertThat(call.program()).isEmpty();
    assertThat(call.errors()).contains(home + "/deploy/jvm.options, found none").hasLineCount(1);
  }

  @Test
  void mistakesInSparksOwnOptionsAreNamed() throws Exception {
    assertThat(call(Map.of(), "--master").errors())
        .isEqualTo("gradzoo: --master: expected a value, found nothing\n");
  }

  @Test
  void aCopyOfTheLauncherMakesNoFolders() throws Exception {
    Path copy = Files.createDirectories(home.resolve("away/a/b")).resolve("gradzoo");
    Files.copy(launcher(), copy);

    Call call = call(copy, Map.of(), "demo");

    assertThat(call.status()).isEqualTo(2);
    assertThat(call.errors()).contains("expected gradzoo's project in").hasLineCount(1);
    assertThat(home.resolve("away").toFile().list()).containsExactly("a");
  }

  @Test
  void anotherJdkIsNamedWithTheOneThatIsNeeded() throws Exception {
    Files.writeString(
        home.resolve("jdk/bin/java"), "#!/bin/bash\necho 'openjdk version \"25.0.1\"' >&2\n");

    Call call = call(Map.of(), "demo");

    assertThat(call.status()).isEqualTo(2);
    assertThat(call.errors())
        .contains("expected JDK 17", "25.0.1", home + "/jdk/bin/java", "JAVA_HOME")
        .hasLineCount(1);
  }

  @Test
  void aJavaHomeThatLeadsNowhereIsNamed() throws Exception {
    Call call = call(Map.of("JAVA_HOME", "/nowhere"), "demo");

    assertThat(call.status()).isEqualTo(2);
    assertThat(call.errors()).contains("/nowhere/bin/java", "JAVA_HOME").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "10m", "0g", "3", "-1g", "3 g", "1.5g", "99999k"})
  void aHeapThatIsNoneIsRefused(String memory) throws Exception {
    Call call = call(Map.of("GRADZOO_DRIVER_MEMORY", memory), "demo");

    assertThat(call.status()).isEqualTo(2);
    assertThat(call.errors())
        .startsWith("gradzoo: GRADZOO_DRIVER_MEMORY: expected ")
        .contains("found \"" + memory + "\"")
        .hasLineCount(1);
  }

  @Test
  void whatIsForSparkIsRefusedWhereThereIsNone() throws Exception {
    for (String command : List.of("config", "completion", "bench")) {
      for (String option : List.of("--master=local[2]", "--conf=a=b")) {
        Call call = call(Map.of(), option, command, "x");

        assertThat(call.program()).isEmpty();
        assertThat(call.errors())
            .startsWith(
                "gradzoo: " + command + ": " + option.replaceFirst("=.*", "") + ": expected");
      }
    }
    assertThat(call(Map.of(), "--master=local[2]", "bench", "--help").program()).isNotEmpty();
  }

  @Test
  void aJarThatIsNotThereOrAnotherUsersIsNamed() throws Exception {
    Path jar = home.resolve("m2/spark-core_2.12-3.5.7.jar");
    Files.delete(jar);

    for (String command : List.of("demo", "--help")) {
      Call call = call(Map.of(), command);
      assertThat(call.status()).isEqualTo(2);
      assertThat(call.program()).isEmpty();
      assertThat(call.errors()).startsWith("gradzoo: " + jar + ": expected a jar").hasLineCount(1);
    }
  }
}

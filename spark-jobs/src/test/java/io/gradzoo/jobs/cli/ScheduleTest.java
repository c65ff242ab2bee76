package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The examples of schedules: the program takes their command lines, and their presets exist. */
class ScheduleTest {
  private static final Path FOLDER = Path.of("../deploy/schedule");
  private static final Pattern COMMAND = Pattern.compile("deploy/bin/gradzoo ([^&\"#]*)");

  @Test
  void theLinesOfACrontabAreTimesAndCommands() throws IOException {
    List<String> lines =
        Files.readAllLines(FOLDER.resolve("crontab")).stream()
            .filter(line -> !line.startsWith("#") && !line.matches("[A-Z]+=.*"))
            .toList();

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).matches("30 2 \\* \\* 0 cd \"\\$GRADZOO\" && .*").doesNotContain("%");
    assertThat(commands("crontab")).containsExactly("regenerate", "compute");
  }

  @Test
  void theCronJobIsOneThatKubernetesKnows() throws IOException {
    Map<?, ?> job =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(FOLDER.resolve("cronjob.yaml")));

    assertThat(job.get("apiVersion")).isEqualTo("batch/v1");
    assertThat(job.get("kind")).isEqualTo("CronJob");
    assertThat(at(job, "spec", "schedule").toString().split(" ")).hasSize(5);
    assertThat(at(job, "spec", "concurrencyPolicy")).isEqualTo("Forbid");
    Map<?, ?> pod = (Map<?, ?>) at(job, "spec", "jobTemplate", "spec", "template", "spec");
    assertThat(pod.get("restartPolicy")).isEqualTo("Never");
    Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
    assertThat(container.get("command")).isEqualTo(List.of("deploy/bin/gradzoo"));
    List<String> arguments =
        ((List<?>) container.get("args")).stream().map(String::valueOf).toList();
    assertThat(arguments.get(0)).startsWith("--master=");
    assertThat(accepted(arguments.subList(1, arguments.size()))).isEqualTo("regenerate");
  }

  @Test
  void theDagRunsCommandsThatExistInTurn() throws IOException {
    assertThat(commands("airflow_dag.py")).containsExactly("regenerate", "compute");
    assertThat(Files.readString(FOLDER.resolve("airflow_dag.py")))
        .contains("regenerate >> gradients", "catchup=False", "max_active_runs=1");
  }

  @Test
  void nothingElseLiesThere() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("crontab", "cronjob.yaml", "airflow_dag.py");
    }
  }

  /** The commands of a file, by their names, each accepted. */
  private static List<String> commands(String file) throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(lines(file));
    while (matcher.find()) {
      String words = matcher.group(1).strip().replace("storage.warehouse=", "storage.warehouse=W");
      commands.add(accepted(Arrays.asList(words.split("\\s+"))));
    }
    return commands;
  }

  /** A file without its comments, in whose commands the warehouse is a word. */
  private static String lines(String file) throws IOException {
    return String.join(
            "\n",
            Files.readAllLines(FOLDER.resolve(file)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList())
        .replace("\"$WAREHOUSE\"", "");
  }

  private static String accepted(List<String> words) {
    CommandLine line = new CommandLine(new GradzooCommand(System.err));
    ParseResult parsed = line.parseArgs(words.toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    String preset = parsed.matchedOptionValue("--preset", "none");
    assertThat(Path.of("../conf/" + preset + ".conf")).isRegularFile();
    return parsed.commandSpec().name();
  }

  private static Object at(Map<?, ?> map, String... path) {
    Object value = map;
    for (String key : path) {
      value = ((Map<?, ?>) value).get(key);
    }
    return value;
  }
}

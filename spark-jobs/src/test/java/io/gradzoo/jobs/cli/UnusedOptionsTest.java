package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Every command with every kind of option: it is taken, or refused by name. */
class UnusedOptionsTest {
  /** A letter for each option that some command does not use. */
  private static final Map<Character, String> OPTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry('s', "--set seed=99"),
              Map.entry('n', "--set zoo.name=other"),
              Map.entry('r', "--set zoo.runs=3"),
              Map.entry('a', "--set zoo.recipe.activation=[relu]"),
              Map.entry('t', "--set zoo.members-per-task=2"),
              Map.entry('f', "--set zoo.max-failure-share=0.5"),
              Map.entry('p', "--set gradients.probe-samples=9"),
              Map.entry('k', "--set gradients.output=2"),
              Map.entry('g', "--set gradients.members-per-task=2"),
              Map.entry('x', "--set splits={train=0.5,validation=0.25,test=0.25}"),
              Map.entry('w', "--set models.scalegmn.training.rounds=5"),
              Map.entry('h', "--set models.gradmetanet.training.rounds=5"),
              Map.entry('d', "--set model-defaults.training.clip-norm=5"),
              Map.entry('y', "--set study.seeds=1"),
              Map.entry('m', "--set demo.study=none"),
              Map.entry('P', "--preset digits"),
              Map.entry('C', "--config FILE"),
              Map.entry('O', "--output FILE")));

  /** Reads a config, and fails at once where it goes on. */
  private static final String STOP = " --set storage.warehouse=FILE";

  private static final String COMMANDS =
      """
      demo                         | COPadfghmnprstwx
      zoo generate                 | COPafnrst
      zoo list                     | CO
      gradients compute            | COPagnprs
      gradients verify             | COPns
      train scalegmn               | COPadnrswx
      train gradmetanet            | COPadhnprsx
      evaluate --run x             | CO
      predict --run x              | COPn
      study                        | COPanprsxy
      report                       | COPadhnprswxy
      symmetry check --run x       | CO
      storage migrate              | C
      storage tidy                 | CO
      bench scalegmn --batch 0     | CPas
      bench gradmetanet --batch 0  | –
      bench gradients --threads 0  | –
      config show                  | CPadfghkmnprstwxy
      config keys                  | –
      completion                   | –
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void openASession() throws IOException {
    System.setProperty(Presets.HOME, Path.of("..").toAbsolutePath().normalize().toString());
    SharedSession.get();
    Files.writeString(folder.resolve("FILE"), "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(textBlock = COMMANDS, delimiter = '|')
  void everyOptionIsTakenOrRefused(String command, String taken) {
    StringBuilder found = new StringBuilder();
    OPTIONS.forEach(
        (letter, option) -> {
          boolean again = option.startsWith("--preset") && command.contains("--preset");
          if (again || taken(command, option)) {
            found.append(letter);
          }
        });

    assertThat(found.toString()).isEqualTo(taken.equals("–") ? "" : taken);
  }

  @Test
  void noCommandIsLeftOut() {
    String all = COMMANDS.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
    for (String command : leaves("", new CommandLine(new GradzooCommand(System.err)))) {
      assertThat(all).contains("\n" + command + " ");
    }
  }

  private static List<String> leaves(String path, CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return List.of(path);
    }
    List<String> leaves = new ArrayList<>();
    command
        .getSubcommands()
        .forEach((name, sub) -> leaves.addAll(leaves((path + " " + name).strip(), sub)));
    return leaves;
  }

  /** Refusals name the option and have exit code 2; whatever else a command says, it took it. */
  private static boolean taken(String command, String option) {
    boolean places = !command.matches("(bench|config|completion).*");
    String line = command + " " + option + (places ? STOP : "");
    Outcome outcome =
        Outcome.of(
            Arrays.stream(line.split(" +", -1))
                .map(word -> word.replace("FILE", folder.resolve("FILE").toString()))
                .toArray(String[]::new));
    String errors = String.join("\n", outcome.err());
    if (errors.contains("expected what this command uses")) {
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(errors).contains(option.replaceFirst(" .*", ""));
      return false;
    }
    assertThat(outcome.status()).as(line + "\n" + errors).isIn(0, 3, bench(command));
    return true;
  }

  /** A bench that is given an impossible number is a mistake of its own. */
  private static int bench(String command) {
    return command.startsWith("bench") ? 2 : 0;
  }
}

package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.facade.Presets;
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

  /** A letter for each block of a config in which something is wrong. */
  private static final Map<Character, String> WRONG =
      new TreeMap<>(
          Map.of(
              'z', "zoo.runs=0",
              'g', "gradients.probe-samples=0",
              'c', "gradients.members=cnn", // the MLPs' model does not fit
              'x', "splits.seed=3",
              'w', "models.scalegmn.scalegmn.widht=3",
              'h', "models.gradmetanet.kind=none",
              'b', "models.gradmetanet=3",
              'y', "study=3",
              'm', "demo.study=\"\"",
              's', "storage.runs=\"\""));

  private static final String COMMANDS =
      """
      demo                         | COPadfghmnprstwx  | bcghmswxz
      zoo generate                 | COPafnrst         | sz
      zoo regenerate               | COPafnrst         | sz
      zoo import --from x          | COPns             | s
      zoo export --to x            | COPn              | s
      zoo list                     | CO                | s
      zoo show                     | COPn              | s
      zoo diff                     | COPn              | s
      zoo expire                   | COPn              | s
      zoo verify                   | COPns             | s
      gradients compute            | COPagnprs         | gsz
      gradients verify             | COPns             | s
      train scalegmn               | COPadnrswx        | swxz
      train gradmetanet            | COPadhnprsx       | bcghsxz
      evaluate --run x             | CO                | s
      predict --run x              | COPn              | s
      finetune --run x             | CO                | s
      prune --run x                | CO                | s
      study                        | COPanprsxy        | bgsxyz
      report                       | COPadhnprswxy     | bcghswxyz
      runs list                    | CO                | s
      runs show --run x            | CO                | s
      runs compare --run x --with y | CO               | s
      runs reproduce --run x       | CO                | s
      symmetry check --run x       | CO                | s
      shell nosuch                 | COPadfghkmnprstwxy | bcghmswxyz
      storage migrate              | C                 | s
      storage tidy                 | CO                | s
      bench scalegmn --batch 0     | CPas              | bhw
      bench gradmetanet --batch 0  | –                 | –
      bench gradients --threads 0  | –                 | –
      bench zoo --threads 0        | –                 | –
      bench train --threads 0      | CPadnrswx         | swxz
      bench averaging --rounds 0   | –                 | –
      bench finetune scalegmn      | CPadnrswx         | swxz
      gpu check                    | –                 | –
      gpu bench                    | –                 | –
      gpu bundle /dev/null          | –                 | –
      config show                  | CPadfghkmnprstwxy | bcghmswxyz
      config keys                  | –                 | –
      completion                   | –                 | –
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void openASession() throws IOException {
    System.setProperty(Presets.HOME, Path.of("..").toAbsolutePath().normalize().toString());
    SharedSession.get();
    Files.writeString(folder.resolve("FILE"), "");
    for (Map.Entry<Character, String> wrong : WRONG.entrySet()) {
      Files.writeString(file(wrong.getKey()), "gradzoo." + wrong.getValue());
    }
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

  @ParameterizedTest(name = "{0}")
  @CsvSource(textBlock = COMMANDS, delimiter = '|')
  void onlyWhatACommandUsesMustBeRight(String command, String taken, String refused) {
    StringBuilder found = new StringBuilder();
    if (taken.contains("C")) {
      WRONG.forEach((letter, wrong) -> found.append(refuses(command, letter) ? letter : ""));
    }

    assertThat(found.toString()).isEqualTo(refused.equals("–") ? "" : refused);
  }

  /** The run's config keeps it, and evaluate reads it there. */
  @Test
  void withWhatARunIsComparedIsSaidToTheTraining() {
    String compared =
        "--set models.mlp.fine_tuning.compared-members=3"
            + " --set models.mlp.fine_tuning.compared-epochs=[1]";

    assertThat(taken("train mlp --preset amortised-digits", compared)).isTrue();
    assertThat(taken("zoo generate --preset amortised-digits", compared)).isFalse();
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

  private static String stop(String command) {
    return command.matches("(bench|gpu|config|completion).*") ? "" : STOP;
  }

  private static Outcome outcome(String line) {
    return Outcome.of(
        Arrays.stream(line.split(" +", -1))
            .map(word -> word.replace("FILE", folder.resolve("FILE").toString()))
            .toArray(String[]::new));
  }

  /** Refusals name the option and have exit code 2; whatever else a command says, it took it. */
  private static boolean taken(String command, String option) {
    String line = command + " " + option + stop(command);
    Outcome outcome = outcome(line);
    String errors = String.join("\n", outcome.err());
    if (errors.contains("expected what this command uses")) {
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(errors).contains(option.replaceFirst(" .*", ""));
      return false;
    }
    assertThat(outcome.status()).as(line + "\n" + errors).isIn(0, 3, bench(command));
    return true;
  }

  /** Refusals name the key; whatever else a command says, one line warns of the key. */
  private static boolean refuses(String command, char letter) {
    Outcome outcome = outcome(command + stop(command) + " --config " + file(letter));
    String key =
        WRONG
            .get(letter)
            .replaceFirst("=.*", "")
            .replace("gradients.members", "models.gradmetanet.members");
    List<String> lines = outcome.err().stream().filter(line -> line.contains(key)).toList();
    assertThat(lines).as(command + "\n" + outcome).hasSize(1);
    boolean warned = lines.get(0).contains("wrong, and not used here");
    assertThat(outcome.status())
        .as(command + "\n" + outcome)
        .isIn(warned ? List.of(0, 3, bench(command)) : List.of(2));
    return !warned;
  }

  private static Path file(char letter) {
    return folder.resolve(letter + ".conf");
  }

  /** A bench that is given an impossible number is a mistake of its own. */
  private static int bench(String command) {
    return command.startsWith("bench") ? 2 : 0;
  }
}

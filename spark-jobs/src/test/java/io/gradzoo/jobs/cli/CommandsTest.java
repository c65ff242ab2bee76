package io.gradzoo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.config.ConfigLayers;
import io.gradzoo.jobs.facade.Presets;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir Path folder;

  @BeforeAll
  static void home() {
    System.setProperty(Presets.HOME, "..");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "zoo --help",
        "zoo list --help",
        "config --help",
        "config show --help",
        "completion --help",
        "symmetry --help",
        "symmetry check --help",
        "bench --help",
        "bench scalegmn --help",
        "bench gradmetanet --help",
        "zoo list --set zoo.runs=0 -h"
      })
  void everyCommandHasHelp(String line) {
    Outcome outcome = Outcome.of(line.split(" "));

    assertThat(outcome.status()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().get(0)).startsWith("Usage: gradzoo");
  }

  @Test
  void whatGoesOnIsKnownBeforeTheCommandStarts() {
    assertThat(Main.goesOn("--preset", "digits", "gradients", "compute", "--set", "seed=9"))
        .isTrue();
    assertThat(Main.goesOn("demo")).isTrue();
    assertThat(Main.goesOn("gradients", "verify")).isFalse();
    assertThat(Main.goesOn("zoo", "generate")).isTrue();
    assertThat(Main.goesOn("train", "scalegmn")).isTrue();
    assertThat(Main.goesOn("evaluate", "--run", "runs/m")).isFalse();
    assertThat(Main.goesOn("nosuch", "--option")).isFalse();
  }

  @Test
  void configShowPrintsAConfigThatMeansTheSame() throws IOException {
    Outcome outcome = Outcome.of("--set", "zoo.runs=41", "config", "show", "--set", "seed=9");

    assertThat(outcome.status()).isZero();
    Path file = Files.write(folder.resolve("shown.conf"), outcome.out());
    String shown = String.join("\n", outcome.out()) + "\n";
    assertThat(ConfigLayers.of(file).load().effective().json()).isEqualTo(shown);
    assertThat(shown).contains("\"runs\": 41").contains("\"seed\": 9,");
  }

  @Test
  void completionIsABashScript() throws IOException, InterruptedException {
    Outcome outcome = Outcome.of("completion");
    Path script = Files.write(folder.resolve("completion.sh"), outcome.out());

    Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

    assertThat(bash.waitFor()).isZero();
    assertThat(outcome.out()).anyMatch(line -> line.contains("--preset"));
  }

  @Test
  void versionIsTheBuilds() {
    assertThat(Outcome.of("--version").out())
        .singleElement()
        .asString()
        .matches("gradzoo \\d\\S+, commit ([0-9a-f]{12}|unknown), classes [0-9a-f]{16}");
  }

  @Test
  void zooListShowsTheTablesOfBothKindsOfStore() {
    TableStore iceberg = TableStores.iceberg(SharedSession.get(), folder + "/w");
    TableStore plain = TableStores.plainParquet(SharedSession.get(), folder + "/p");
    for (TableStore store : List.of(iceberg, plain)) {
      store.write(
          "digits",
          ProbeSetsTable.SCHEMA,
          store.session().createDataFrame(List.of(), ProbeSetsTable.SCHEMA.columns()),
          TableProperties.of("0123456789abcdef"));
    }

    Outcome fromWarehouse =
        Outcome.of("zoo", "list", "--set", "storage.warehouse=" + folder + "/w");
    Outcome fromFolder = Outcome.of("zoo", "list", "--output", folder + "/p");

    assertThat(fromWarehouse.out().get(1))
        .matches("digits +probe_sets +0 +0123456789 .* " + folder + "/w/digits/probe_sets");
    assertThat(fromFolder.out().get(1))
        .matches("digits +probe_sets +0 +0123456789 .* " + folder + "/p/digits/probe_sets");
    assertThat(SharedSession.get().sparkContext().isStopped()).isFalse();
  }

  @Test
  void anEmptyWarehouseSaysWhatToDo() {
    assertThat(Outcome.of("zoo", "list", "--set", "storage.warehouse=" + folder + "/none").out())
        .containsExactly("no zoos yet: gradzoo zoo generate makes one");
  }
}

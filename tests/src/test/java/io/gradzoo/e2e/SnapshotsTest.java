package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableVersion;
import io.gradzoo.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A zoo that was made twice, with models trained on the first of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SnapshotsTest {
  private static final String OTHER_SEED = "--set=seed=8";

  @TempDir static Path folder;
  private static Workplace place;
  private static Instant between;

  @BeforeAll
  static void makeTwice() {
    place = new Workplace(folder);
    place.gradzoo("zoo", "generate").ok();
    place.gradzoo("gradients", "compute").ok();
    place.gradzoo("train", "scalegmn").ok();
    place.gradzoo("train", "gradmetanet").ok();
    between = Instant.now();
    place.gradzoo("zoo", "generate", OTHER_SEED, "--set=zoo.runs=9").ok();
  }

  @Test
  @Order(1)
  void aZooSaysWhatItIsAndWhatItWas() {
    Outcome shown = place.gradzoo("zoo", "show", "tiny").ok();

    assertThat(shown.out().get(0)).startsWith("tiny: 18 members, ");
    assertThat(shown.out()).contains("seed = 8", "zoo.runs = 9", "version: snapshot " + id(1));
    assertThat(shown.out()).anyMatch(line -> line.matches("members: 18 ok"));
    assertThat(shown.out())
        .anyMatch(line -> line.matches("  %d .* 24 .*  used".formatted(id(0))))
        .anyMatch(line -> line.matches("  %d .* 18 .*  read here".formatted(id(1))));
    assertThat(place.gradzoo("zoo", "show", snapshot(0)).ok().out())
        .contains("seed = 258", "version: snapshot " + id(0));
  }

  @Test
  @Order(2)
  void aDifferenceNamesSettingsAndMembers() {
    List<String> said = place.gradzoo("zoo", "diff", "tiny").ok().out();

    assertThat(said).contains("config: seed 258 → 8", "config: zoo.runs 12 → 9");
    assertThat(said).contains("0 members added");
    assertThat(said).anyMatch(line -> line.startsWith("6 members removed: r000009-e"));
    assertThat(said).anyMatch(line -> line.startsWith("18 members changed: r000000-e"));
    assertThat(place.gradzoo("zoo", "diff", "--from=" + id(1), "--to=" + id(0)).ok().out())
        .contains("config: seed 8 → 258", "0 members removed");
    place
        .gradzoo("zoo", "diff", "--from=5")
        .refused(3, "expected one of its 2 snapshots", "zoo show");
  }

  @Test
  @Order(3)
  void aRunIsJudgedOnTheSnapshotThatItWasTrainedOn() {
    for (String model : Workplace.MODELS) {
      String run = "--run=" + place.run(model);
      assertThat(place.gradzoo("evaluate", run).status()).as(model).isEqualTo(3);
      place.gradzoo("evaluate", run, snapshot(0)).ok();
      place.gradzoo("evaluate", run, "--as-of=" + between).ok();
      place.gradzoo("predict", run, snapshot(0)).ok();
      place.gradzoo("symmetry", "check", run, snapshot(0)).ok();
    }
    place.gradzoo("report", "--as-of=" + between).ok();
    place.gradzoo("gradients", "verify", snapshot(0), "--members=1").ok();
    place
        .gradzoo("train", "scalegmn", "--snapshot=5")
        .refused(3, "read tiny.members", "expected snapshot 5", "zoo show tiny");
    place
        .gradzoo("train", "scalegmn", "--as-of=2001-01-01")
        .refused(3, "what stood there at 2001-01-01T00:00:00Z");
    misused("expected a time such as", "--as-of=yesterday");
    misused("mutually exclusive", snapshot(0), "--as-of=2001-01-01");
    misused("NAME: expected a name of a-z", "9");
  }

  private static void misused(String words, String... options) {
    List<String> command = new ArrayList<>(List.of("zoo", "show"));
    command.addAll(List.of(options));
    Outcome refused = place.gradzoo(command.toArray(String[]::new));
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err().get(0)).contains(words);
  }

  @Test
  @Order(4)
  void gradientSetsOfAnotherSnapshotDoNotTakeThePlaceOfItsOwn() {
    place.gradzoo("gradients", "verify", snapshot(1)).refused(3, "gradients compute");
    place.gradzoo("gradients", "compute", OTHER_SEED, "--set=zoo.runs=9").ok();
    place.gradzoo("gradients", "compute", snapshot(0)).ok();

    assertThat(Workplace.rows(place.iceberg(), GradientSetsTable.SCHEMA).count()).isEqualTo(18);
    place.gradzoo("gradients", "verify", "--members=1").ok();
    place.gradzoo("evaluate", "--run=" + place.run("gradmetanet"), snapshot(0)).ok();
  }

  @Test
  @Order(5)
  void whatGradientSetsOrARunNameStays() throws Exception {
    long first = id(0);
    long second = id(1);
    place.gradzoo("zoo", "generate", "--set=seed=9").ok();
    place.gradzoo("zoo", "generate").ok();
    assertThat(place.gradzoo("zoo", "expire").ok().out().get(0)).contains(" 0 snapshots of tiny");

    List<String> said = place.gradzoo("zoo", "expire", "tiny", "--older-than=0m").ok().out();

    assertThat(said)
        .anyMatch(line -> line.matches("version %d of tiny.members.* stays: .*".formatted(first)));
    assertThat(versions()).hasSize(2).extracting(TableVersion::id).contains(first);
    assertThat(versions()).extracting(TableVersion::id).doesNotContain(second);
    place.gradzoo("evaluate", "--run=" + place.run("gradmetanet"), snapshot(0)).ok();
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    place.gradzoo("zoo", "expire", "--older-than=0m").ok();
    assertThat(versions()).as("the newest gradient sets name it").hasSize(2);
    place.gradzoo("zoo", "expire", "--older-than=0m", "--even-if-used").ok();
    assertThat(versions()).hasSize(1).extracting(TableVersion::id).doesNotContain(first);
    assertThat(Workplace.rows(place.iceberg(), MembersTable.SCHEMA).count()).isEqualTo(24);
    place.gradzoo("zoo", "diff").refused(3, "expected two snapshots, found one");
  }

  @Test
  @Order(6)
  void plainFoldersSayThatTheyHaveNone() {
    place.gradzooPlain("zoo", "generate").ok();

    assertThat(place.gradzooPlain("zoo", "show").ok().out())
        .contains("snapshots: none, plain Parquet folders keep only what stands there");
    for (String[] command :
        List.of(
            new String[] {"train", "scalegmn", "--snapshot=5"},
            new String[] {"zoo", "diff"},
            new String[] {"zoo", "expire"})) {
      place
          .gradzooPlain(command)
          .refused(2, "expected Iceberg tables, which keep snapshots", "leave out --output");
    }
  }

  private static List<TableVersion> versions() {
    return place.iceberg().versions(MembersTable.SCHEMA.in(Workplace.ZOO));
  }

  private static long id(int version) {
    return versions().get(version).id();
  }

  private static String snapshot(int version) {
    return "--snapshot=" + id(version);
  }
}

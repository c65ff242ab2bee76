package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.Staging;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.jobs.table.TableVersion;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zoo of four untrained sine networks that stands in a catalog, and is to be made again. */
class ZooRegenerationTest {
  private static final TableId MEMBERS = MembersTable.SCHEMA.in(JobRun.ZOO);

  @TempDir Path folder;
  private JobRun run;

  @BeforeEach
  void make() {
    run =
        JobRun.in(
            folder,
            "zoo.source=random",
            "zoo.images=none",
            "zoo.runs=4",
            "zoo.architectures=[\"sine1:1:dense4:dense1\"]");
    assertThat(regenerate(run).reasons()).containsExactly("there is no zoo yet");
  }

  @Test
  void whatIsUpToDateIsLeftAlone() {
    RegeneratedZoo again = regenerate(run);

    assertThat(again.outcome()).isEqualTo(RegeneratedZoo.Regeneration.UP_TO_DATE);
    assertThat(printed(again))
        .contains("zoo regenerate: tiny is up to date: snapshot " + versions().get(0).id());
    assertThat(versions()).hasSize(1);
  }

  @Test
  void anotherConfigMakesANewVersionThatSaysWhy() {
    RegeneratedZoo again = regenerate(run.with("zoo.runs=6", "seed=9"));

    assertThat(again.outcome()).isEqualTo(RegeneratedZoo.Regeneration.MADE);
    assertThat(printed(again))
        .contains("changed: config: seed 1 → 9", "changed: config: zoo.runs 4 → 6", "6 members");
    assertThat(versions()).hasSize(2).extracting(TableVersion::rows).containsExactly(4L, 6L);
    assertThat(versions().get(1).properties().more())
        .containsEntry("made-again-because", "config: seed 1 → 9; config: zoo.runs 4 → 6");
  }

  @Test
  void howWorkIsCutMakesNone() {
    assertThat(regenerate(run.with("zoo.members-per-task=1")).outcome())
        .isEqualTo(RegeneratedZoo.Regeneration.UP_TO_DATE);
  }

  @Test
  void otherCodeMakesANewVersion() {
    TableStore store = store();
    store.write(
        JobRun.ZOO,
        MembersTable.SCHEMA,
        store.read(JobRun.ZOO, MembersTable.SCHEMA),
        TableProperties.of(store.describe(MEMBERS).properties().configHash(), "0123456789abcdef"));

    assertThat(regenerate(run).reasons())
        .singleElement()
        .asString()
        .startsWith("code: 0123456789 → ");
  }

  @Test
  void anOldZooIsMadeAgainIfThatIsAskedFor() {
    RegeneratedZoo young = regenerate(run, Optional.of(Duration.ofDays(1)));
    RegeneratedZoo old = regenerate(run, Optional.of(Duration.ZERO));

    assertThat(young.outcome()).isEqualTo(RegeneratedZoo.Regeneration.UP_TO_DATE);
    assertThat(old.reasons()).singleElement().asString().startsWith("age: made at ");
    assertThat(versions()).hasSize(2);
  }

  @Test
  void aZooThatAnotherIsAtWorkOnIsLeftToIt() {
    try (Staging other = store().staging(JobRun.ZOO, "members", "0123", "01")) {
      RegeneratedZoo left = regenerate(run.with("zoo.runs=6"));

      assertThat(left.outcome()).isEqualTo(RegeneratedZoo.Regeneration.LEFT_TO_ANOTHER);
      assertThat(printed(left)).contains("tiny is left to another: process ");
      assertThat(other.batches()).isEmpty();
    }

    assertThat(versions()).hasSize(1);
  }

  @Test
  void ofTwoAtOnceOneWins() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<RegeneratedZoo.Regeneration> outcomes = new ArrayList<>();
    try {
      List<Future<RegeneratedZoo>> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        both.add(
            threads.submit(
                () -> {
                  together.await();
                  return regenerate(run.with("zoo.runs=6"));
                }));
      }
      for (Future<RegeneratedZoo> one : both) {
        outcomes.add(one.get().outcome());
      }
    } finally {
      threads.shutdown();
    }

    assertThat(outcomes).containsOnlyOnce(RegeneratedZoo.Regeneration.MADE);
    assertThat(versions()).hasSize(2);
  }

  @Test
  void aPlainFolderIsMadeAgainInPlace() {
    run.run(new ZooGeneration());

    assertThat(printed(run.run(regeneration(Optional.empty())))).contains("is up to date: version");
    assertThat(run.with("zoo.runs=5").run(regeneration(Optional.empty())).reasons())
        .containsExactly("config: zoo.runs 4 → 5");
    assertThat(run.rows(MembersTable.SCHEMA).count()).isEqualTo(5);
  }

  private RegeneratedZoo regenerate(JobRun job) {
    return regenerate(job, Optional.empty());
  }

  private RegeneratedZoo regenerate(JobRun job, Optional<Duration> age) {
    Progress silent = Progress.to(new PrintStream(OutputStream.nullOutputStream()));
    return regeneration(age).run(new JobContext(job.config(), store(), silent));
  }

  private static ZooRegeneration regeneration(Optional<Duration> age) {
    return new ZooRegeneration(OtherCodePolicy.REMAKE, age);
  }

  private static String printed(RegeneratedZoo zoo) {
    StringWriter out = new StringWriter();
    zoo.print(new PrintWriter(out, true));
    return out.toString();
  }

  private TableStore store() {
    return TableStores.iceberg(SharedSession.get(), folder.resolve("warehouse").toString());
  }

  private List<TableVersion> versions() {
    return store().versions(MEMBERS);
  }
}

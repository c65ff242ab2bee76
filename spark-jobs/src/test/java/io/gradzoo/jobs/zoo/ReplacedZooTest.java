package io.gradzoo.jobs.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zoo of four members where one of two stands that other code made. */
class ReplacedZooTest {
  private static final TableId MEMBERS = MembersTable.SCHEMA.in(JobRun.ZOO);

  @TempDir Path folder;
  private JobRun run;

  @BeforeEach
  void makeByOtherCode() {
    run =
        JobRun.in(
            folder,
            "zoo.source=random",
            "zoo.images=none",
            "zoo.runs=2",
            "zoo.architectures=[\"sine1:1:dense4:dense1\"]");
    run.run(new ZooGeneration());
    passOffAsOfOtherCode(run.store());
    run = run.with("zoo.runs=4");
  }

  @Test
  void aPlainTableIsKept() {
    GradzooException e = run.refusal(new ZooGeneration());

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e)
        .hasMessageContaining("tables/tiny/members: expected rows of this code")
        .hasMessageContaining("--replace-other-code");
    assertThat(run.rows(MembersTable.SCHEMA).count()).isEqualTo(2);
  }

  @Test
  void aPlainTableIsReplacedIfThatIsAskedFor() {
    run.run(new ZooGeneration(OtherCodePolicy.REPLACE));

    assertThat(run.rows(MembersTable.SCHEMA).count()).isEqualTo(4);
    run.with("zoo.runs=3").run(new ZooGeneration());
    assertThat(run.rows(MembersTable.SCHEMA).count()).isEqualTo(3);
  }

  @Test
  void anIcebergTableKeepsItAsAVersion() {
    TableStore store =
        TableStores.iceberg(SharedSession.get(), folder.resolve("warehouse").toString());
    store.write(
        JobRun.ZOO,
        MembersTable.SCHEMA,
        run.rows(MembersTable.SCHEMA),
        TableProperties.of("h", "other"));
    JobContext plain = run.context();

    new ZooGeneration().run(new JobContext(plain.config(), store, plain.progress(), plain.out()));

    assertThat(store.read(JobRun.ZOO, MembersTable.SCHEMA).count()).isEqualTo(4);
    assertThat(store.session().table("gradzoo.tiny.members.snapshots").count()).isEqualTo(2);
  }

  private static void passOffAsOfOtherCode(TableStore store) {
    String hash = store.describe(MEMBERS).properties().configHash();
    store.write(
        JobRun.ZOO,
        MembersTable.SCHEMA,
        store.read(JobRun.ZOO, MembersTable.SCHEMA),
        TableProperties.of(hash, "0123456789abcdef"));
  }
}

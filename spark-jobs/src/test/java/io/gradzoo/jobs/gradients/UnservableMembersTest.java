package io.gradzoo.jobs.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zoo in which members have huge, tiny and no weights. */
class UnservableMembersTest {
  private static final int MEMBERS = 12;
  private static final float[] FACTORS = {1e30f, 1e-12f, 1e-20f, 0f};

  @TempDir static Path folder;
  private static JobRun zoo;
  private static List<String> huge;

  @BeforeAll
  static void makeMembers() {
    zoo =
        JobRun.in(
            folder,
            "zoo.runs=12",
            "zoo.architectures=[\"1x8x8:conv4k3s2p0:conv4k3s1p0:gap:dense10\","
                + " \"64:dense8:dense8:dense10\", \"transformer:v8:t4:d8:h2:f8:l1:gelu:full:mean10\"]",
            "zoo.epochs=1",
            "zoo.checkpoints=[1]",
            "gradients.members=all",
            "gradients.convolutions=lowrank2",
            "gradients.probe-samples=8");
    zoo.run(new ZooGeneration());
    List<Row> members =
        zoo.rows(MembersTable.SCHEMA)
            .orderBy(MembersTable.ARCHITECTURE, MembersTable.MEMBER_ID)
            .collectAsList();
    assertThat(members).hasSize(MEMBERS);
    List<Row> rows = new ArrayList<>();
    List<String> tooLarge = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      Row member = members.get(i);
      // Saturated tanh neurons and LayerNorms stay in range whatever the weights are.
      boolean unbounded = member.<String>getAs(MembersTable.ARCHITECTURE).startsWith("relu:");
      float factor = FACTORS[i % FACTORS.length];
      rows.add(times(member, factor > 1 && !unbounded ? 1 : factor));
      if (factor > 1 && unbounded) {
        tooLarge.add(member.getAs(MembersTable.MEMBER_ID));
      }
    }
    huge = tooLarge;
    assertThat(huge).hasSizeBetween(1, 3);
    Dataset<Row> scaled =
        SharedSession.get().createDataset(rows, Encoders.row(MembersTable.SCHEMA.columns()));
    zoo.store().write(JobRun.ZOO, MembersTable.SCHEMA, scaled, TableProperties.of("scaled"));
  }

  @Test
  void theCommandStopsAtAMemberThatOverflowsAndNamesCauseAndWayOut() {
    GradzooException e = zoo.refusal(new GradientComputation());

    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e)
        .hasMessageContaining("(overflow)")
        .hasMessageContaining("gradients.unservable-members=exclude");
    assertThat(huge).anyMatch(id -> e.getMessage().contains("member " + id));
  }

  @Test
  void excludedMembersAreCountedAndHaveNoRowsAndAllOthersAreVerified() {
    JobRun excluding = zoo.with("gradients.unservable-members=exclude");
    String out = excluding.printed(new GradientComputation());

    assertThat(out).contains("gradients compute: " + huge.size() + " of 12 members excluded");
    for (TableSchema schema :
        List.of(LayerFactorsTable.SCHEMA, LayerMomentsTable.SCHEMA, LayerLowRankTable.SCHEMA)) {
      String sets =
          excluding.rows(schema).select("gradient_set_id").distinct().collectAsList().stream()
              .map(row -> row.getString(0))
              .collect(Collectors.joining(" "));
      assertThat(huge).as(schema.name()).noneMatch(sets::contains);
    }
    Dataset<Row> sets = excluding.rows(GradientSetsTable.SCHEMA);
    assertThat(sets.count()).isEqualTo(MEMBERS - huge.size());
    assertThat(sets.where("mean_gradient_error <= 1e-5 AND role = 'input'").count())
        .isEqualTo(MEMBERS - huge.size());
    TableProperties properties =
        excluding.store().describe(GradientSetsTable.SCHEMA.in(JobRun.ZOO)).properties();
    assertThat(GradientComputation.excluded(properties)).isEqualTo(huge.size());

    String verified = excluding.printed(new GradientVerification(MEMBERS));
    assertThat(verified.lines().filter(line -> line.endsWith("equal")))
        .hasSize(MEMBERS - huge.size());
  }

  private static Row times(Row member, float factor) {
    Object[] cells = new Object[member.size()];
    Arrays.setAll(cells, member::get);
    List<Float> weights = member.getList(member.fieldIndex(MembersTable.PARAMETERS));
    float[] scaled = new float[weights.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.max(-3e38f, Math.min(3e38f, weights.get(i) * factor));
    }
    cells[member.fieldIndex(MembersTable.PARAMETERS)] = scaled;
    cells[member.fieldIndex(MembersTable.PARAMETERS_SHA256)] = ContentHash.of(scaled);
    return RowFactory.create(cells);
  }
}

package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradientsConfig.LossKind;
import io.gradzoo.jobs.config.GradientsConfig.SignalKind;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.GradientSetsTable.GradientSetRow;
import io.gradzoo.jobs.table.GradientSetsTable.SignalColumns;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.ProbeSetsTable.ProbeSetRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A gradient set as the tables describe it.
 *
 * @param set its row of {@code gradient_sets}
 * @param member the trained network, as its table has it
 * @param probe its row of {@code probe_sets}
 * @param factors rows of {@code layer_factors}, by layer and sample offset
 * @param lowRank rows of {@code layer_lowrank}, likewise
 * @param moments rows of {@code layer_moments}
 */
record StoredSet(
    GradientSetRow set,
    MemberRow member,
    ProbeSetRow probe,
    List<Row> factors,
    List<Row> lowRank,
    List<MomentsRow> moments) {
  /** Names of the columns that hold them. */
  static final String SET = "set";

  static final String MEMBER = "member";
  static final String PROBE = "probe";
  static final String FACTORS = "factors";
  static final String LOW_RANK = "low_rank";
  static final String MOMENTS = "moments";

  /**
   * The parts of a row.
   *
   * @throws GradzooException exit code 3 if the set's member or probe set is missing
   */
  static StoredSet of(Row row) {
    Row set = row.getAs(SET);
    return new StoredSet(
        GradientSetRow.of(set),
        MemberRow.of(required(row, MEMBER, set, GradientSetsTable.MEMBER_ID)),
        ProbeSetRow.of(required(row, PROBE, set, GradientSetsTable.PROBE_SET_ID)),
        rows(row, FACTORS),
        rows(row, LOW_RANK),
        rows(row, MOMENTS).stream().map(MomentsRow::of).toList());
  }

  private static Row required(Row row, String column, Row set, String id) {
    Row part = row.getAs(column);
    if (part == null) {
      throw GradzooException.data(
          Fault.of("gradients verify")
              .at(set.<String>getAs(GradientSetsTable.GRADIENT_SET_ID))
              .expected("a row of %s %s", id, set.<String>getAs(id))
              .found("none")
              .fix("run gradzoo gradients compute"));
    }
    return part;
  }

  private static List<Row> rows(Row row, String column) {
    boolean there = List.of(row.schema().fieldNames()).contains(column);
    Seq<Row> rows = there ? row.getAs(column) : null;
    return rows == null ? List.of() : JavaConverters.seqAsJavaList(rows);
  }

  String gradientSetId() {
    return set.gradientSetId();
  }

  String memberId() {
    return set.member().memberId();
  }

  String role() {
    return set.role();
  }

  /** What the set is recomputed from: the contents of the tables alone. */
  SetDefinition definition() {
    Architecture architecture = StoredWeights.architecture(member);
    SignalColumns signal = set.signal();
    SignalKind kind = SignalKind.valueOf(signal.kind().toUpperCase(Locale.ROOT));
    LossKind loss = LossKind.valueOf(signal.loss().toUpperCase(Locale.ROOT));
    return new SetDefinition(
        member,
        architecture,
        probeSet(architecture),
        new SignalRule(kind, loss, signal.output() == null ? 0 : signal.output()),
        signal.seed() == null ? 0 : signal.seed());
  }

  private ProbeSet probeSet(Architecture architecture) {
    int[] labels = probe.y();
    String id = probe.probeSetId();
    String found = ProbeSet.id(probe.x(), labels);
    if (!found.equals(id)) {
      throw GradzooException.data(
          Fault.of("read probe_sets")
              .at(id)
              .expected("inputs and labels of that hash")
              .found(found)
              .fix("run gradzoo gradients compute"));
    }
    return new ProbeSet(
        id,
        set.samples(),
        probe.x(),
        labels,
        probe.images(),
        labels == null ? 0 : architecture.outputs(),
        probe.dataset(),
        probe.preprocessing(),
        probe.seed());
  }
}

package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.LowRankGradients;
import io.gradzoo.jobs.config.GradientsConfig.SignalKind;
import io.gradzoo.jobs.family.LayerPart;
import io.gradzoo.jobs.table.GradientSetsTable.GradientSetRow;
import io.gradzoo.jobs.table.GradientSetsTable.SignalColumns;
import io.gradzoo.jobs.table.LayerLowRankTable.LowRankRow;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import org.apache.spark.sql.Row;

/** The rows that describe one gradient set. */
final class SetRows {
  private final GradientPlan plan;
  private final MemberRow member;
  private final Probes.Assigned probe;

  SetRows(GradientPlan plan, MemberRow member, Probes.Assigned probe) {
    this.plan = plan;
    this.member = member;
    this.probe = probe;
  }

  /** The row of {@code gradient_sets}. */
  Row set(float[] values, double discrepancy) {
    SignalRule rule = plan.rule();
    SignalColumns signal =
        new SignalColumns(
            rule.loss().id(),
            rule.kind().id(),
            rule.kind() == SignalKind.OUTPUT ? rule.output() : null,
            rule.kind() == SignalKind.MODEL_SAMPLED
                ? plan.labelSeed(member.memberId(), probe.role())
                : null);
    return new GradientSetRow(
            id(),
            member,
            probe.set().id(),
            probe.role(),
            signal,
            values.length,
            values,
            discrepancy,
            new Origin(plan.configHash(), plan.codeVersion()))
        .toRow();
  }

  /** A row of {@code layer_factors}: a layer's gradients of a chunk that begins at a sample. */
  Row factors(LayerPart part, int offset) {
    return part.factors(id(), offset).toRow();
  }

  /** A row of {@code layer_lowrank}. */
  Row lowRank(ConvolutionGradients gradients, int offset) {
    LowRankGradients truncated = LowRankGradients.of(gradients, plan.convolutions().rank());
    return LowRankRow.of(id(), offset, truncated).toRow();
  }

  /** A row of {@code layer_moments}: those of the whole set in a part's layer. */
  Row moments(LayerPart part, LayerMoments moments) {
    return part.row(id(), probe.set().samples(), moments).toRow();
  }

  private String id() {
    return member.memberId() + "-p" + probe.set().id();
  }
}

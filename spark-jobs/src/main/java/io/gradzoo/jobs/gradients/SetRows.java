package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.LowRankGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import io.gradzoo.jobs.config.GradientsConfig.SignalKind;
import io.gradzoo.jobs.table.MembersTable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows that describe one gradient set. */
final class SetRows {
  private final GradientPlan plan;
  private final Row member;
  private final Probes.Assigned probe;

  SetRows(GradientPlan plan, Row member, Probes.Assigned probe) {
    this.plan = plan;
    this.member = member;
    this.probe = probe;
  }

  /** The row of {@code gradient_sets}. */
  Row set(float[] values, double discrepancy) {
    SignalRule rule = plan.rule();
    return RowFactory.create(
        id(),
        member.getAs(MembersTable.MEMBER_ID),
        member.getAs(MembersTable.RUN_ID),
        probe.set().id(),
        probe.role(),
        member.getAs(MembersTable.ARCHITECTURE),
        member.getAs(MembersTable.FAMILY),
        rule.loss().id(),
        rule.kind().id(),
        rule.kind() == SignalKind.OUTPUT ? rule.output() : null,
        rule.kind() == SignalKind.MODEL_SAMPLED ? plan.labelSeed(memberId(), probe.role()) : null,
        "none",
        false,
        values.length,
        values,
        discrepancy,
        member.getAs(MembersTable.TEST_ACCURACY),
        member.getAs(MembersTable.PARAMETERS_SHA256),
        plan.configHash(),
        plan.codeVersion());
  }

  /** A row of {@code layer_factors}: a layer's gradients of a chunk that begins at a sample. */
  Row factors(LayerPart part, int offset) {
    if (part instanceof LayerPart.OfTokens of) {
      TransformerLayer stage = of.gradients().layer();
      return factors(
          part,
          offset,
          stage.in().width(),
          stage.out().width(),
          of.architecture().positions(),
          stage.in().name(),
          stage.out().name());
    }
    AffineLayer layer = ((LayerPart.OfLayer) part).gradients().layer();
    return factors(part, offset, layer.in(), layer.out(), null, null, null);
  }

  private Row factors(
      LayerPart part,
      int offset,
      int in,
      int out,
      Integer tokens,
      String inSpace,
      String outSpace) {
    FactorCells cells = part.cells();
    return RowFactory.create(
        id(),
        part.index(),
        cells.kind(),
        offset,
        part.samples(),
        in,
        out,
        cells.numbers().a(),
        cells.numbers().g(),
        cells.numbers().dw(),
        cells.numbers().db(),
        tokens,
        inSpace,
        outSpace,
        cells.ids());
  }

  /** A row of {@code layer_lowrank}. */
  Row lowRank(ConvolutionGradients gradients, int offset) {
    LowRankGradients truncated = LowRankGradients.of(gradients, plan.convolutions().rank());
    return RowFactory.create(
        id(),
        gradients.layer().index(),
        offset,
        gradients.samples(),
        truncated.rank(),
        truncated.left(),
        truncated.right(),
        truncated.biases(),
        truncated.energy());
  }

  /** A row of {@code layer_moments}: those of the whole set in a part's layer. */
  Row moments(LayerPart part, LayerMoments moments) {
    return RowFactory.create(
        id(),
        part.index(),
        part.kind(),
        probe.set().samples(),
        moments.meanWeight(),
        moments.meanSquaredWeight(),
        moments.meanBias(),
        moments.meanSquaredBias());
  }

  private String id() {
    return memberId() + "-p" + probe.set().id();
  }

  private String memberId() {
    return member.getAs(MembersTable.MEMBER_ID);
  }
}

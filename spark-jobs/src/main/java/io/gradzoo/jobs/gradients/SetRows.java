package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.LowRankGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.jobs.config.GradientsConfig.SignalKind;
import io.gradzoo.jobs.table.LayerFactorsTable;
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
  Row factors(LayerGradients gradients, int offset) {
    AffineLayer layer = gradients.layer();
    float[] a = null;
    float[] g = null;
    float[] dw = null;
    float[] db = null;
    if (gradients instanceof DenseFactors dense) {
      a = dense.inputs();
      g = dense.signals();
    } else if (gradients instanceof ConvolutionFactors maps) {
      a = maps.maps();
      g = maps.signals();
    } else if (gradients instanceof ConvolutionGradients full) {
      dw = full.weights();
      db = full.biases();
    }
    return RowFactory.create(
        id(),
        layer.index(),
        gradients instanceof ConvolutionFactors ? LayerFactorsTable.CONV_MAPS : kind(layer),
        offset,
        gradients.samples(),
        layer.in(),
        layer.out(),
        a,
        g,
        dw,
        db);
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

  /** A row of {@code layer_moments}. */
  Row moments(AffineLayer layer, LayerMoments moments) {
    return RowFactory.create(
        id(),
        layer.index(),
        kind(layer),
        probe.set().samples(),
        moments.meanWeight(),
        moments.meanSquaredWeight(),
        moments.meanBias(),
        moments.meanSquaredBias());
  }

  private static String kind(AffineLayer layer) {
    return layer.convolution() ? LayerFactorsTable.CONV : LayerFactorsTable.LINEAR;
  }

  private String id() {
    return memberId() + "-p" + probe.set().id();
  }

  private String memberId() {
    return member.getAs(MembersTable.MEMBER_ID);
  }
}

package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
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
    DenseFactors dense = gradients instanceof DenseFactors factors ? factors : null;
    ConvolutionGradients full = gradients instanceof ConvolutionGradients conv ? conv : null;
    return RowFactory.create(
        id(),
        layer.index(),
        kind(layer),
        offset,
        gradients.samples(),
        layer.in(),
        layer.out(),
        dense == null ? null : dense.inputs(),
        dense == null ? null : dense.signals(),
        full == null ? null : full.weights(),
        full == null ? null : full.biases());
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
    return member.<String>getAs(MembersTable.MEMBER_ID) + "-p" + probe.set().id();
  }
}

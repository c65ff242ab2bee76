package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Takes the gradient sets of members one after the other, as rows of one of the tables. One per
 * task. Taking a set again for each table costs less than keeping it.
 */
final class GradientRows {
  /** How far the mean of the stored gradients may be from the batch gradient. */
  private static final double TOLERANCE = 1e-5;

  private final ProbeSet probe;
  private final String configHash;
  private final String codeVersion;
  private final Signal signal;
  private final Map<String, GradientExtraction> workspaces = new HashMap<>();

  GradientRows(ProbeSet probe, String configHash, String codeVersion) {
    this.probe = probe;
    this.configHash = configHash;
    this.codeVersion = codeVersion;
    this.signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(probe.labels()));
  }

  /** The member's row of {@code gradient_sets}. */
  List<Row> sets(Row member) {
    return List.of(setColumns(id(member), member, extract(member)));
  }

  /** The member's rows of {@code layer_factors}, one per affine layer. */
  List<Row> factors(Row member) {
    String id = id(member);
    return extract(member).layers().stream().map(layer -> factors(id, layer)).toList();
  }

  /** The member's rows of {@code layer_moments}, one per affine layer. */
  List<Row> moments(Row member) {
    String id = id(member);
    GradientSet set = extract(member);
    return set.layers().stream()
        .map(layer -> moments(id, layer, set.moments().get(layer.layer().index())))
        .toList();
  }

  private String id(Row member) {
    return member.<String>getAs(MembersTable.MEMBER_ID) + "-p" + probe.id();
  }

  /**
   * Takes the set.
   *
   * @throws GradzooException exit code 3, naming the member, if its weights are not what its
   *     architecture has, or the mean of its gradients is not the batch gradient
   */
  private GradientSet extract(Row member) {
    float[] parameters = StoredWeights.of(member);
    Architecture architecture = Architecture.parse(member.getAs(MembersTable.ARCHITECTURE));
    GradientExtraction extraction =
        workspaces.computeIfAbsent(architecture.id(), id -> new GradientExtraction(architecture));
    GradientSet set = extraction.extract(parameters, 0, probe.inputs(), probe.samples(), signal);
    if (!(set.discrepancy() <= TOLERANCE)) {
      throw GradzooException.data(
          String.format(
              Locale.ROOT,
              "gradients compute: member %s: expected the mean gradient to equal the batch gradient to %.0e,"
                  + " found a difference of %.1e (fix: exclude the member, its numbers overflow float32)",
              member.<String>getAs(MembersTable.MEMBER_ID),
              TOLERANCE,
              set.discrepancy()));
    }
    return set;
  }

  private Row setColumns(String id, Row member, GradientSet set) {
    return RowFactory.create(
        id,
        member.getAs(MembersTable.MEMBER_ID),
        member.getAs(MembersTable.RUN_ID),
        probe.id(),
        member.getAs(MembersTable.ARCHITECTURE),
        member.getAs(MembersTable.FAMILY),
        "ce",
        "label",
        "none",
        false,
        set.samples(),
        set.values(),
        set.discrepancy(),
        member.getAs(MembersTable.TEST_ACCURACY),
        member.getAs(MembersTable.PARAMETERS_SHA256),
        configHash,
        codeVersion);
  }

  private static Row factors(String id, LayerGradients layer) {
    int in = layer.layer().in();
    int out = layer.layer().out();
    int index = layer.layer().index();
    if (layer instanceof DenseFactors dense) {
      return RowFactory.create(
          id,
          index,
          LayerFactorsTable.LINEAR,
          0,
          layer.samples(),
          in,
          out,
          dense.inputs(),
          dense.signals(),
          null,
          null);
    }
    ConvolutionGradients full = (ConvolutionGradients) layer;
    return RowFactory.create(
        id,
        index,
        LayerFactorsTable.CONV,
        0,
        layer.samples(),
        in,
        out,
        null,
        null,
        full.weights(),
        full.biases());
  }

  private static Row moments(String id, LayerGradients layer, LayerMoments moments) {
    return RowFactory.create(
        id,
        layer.layer().index(),
        layer.layer().convolution() ? LayerFactorsTable.CONV : LayerFactorsTable.LINEAR,
        layer.samples(),
        moments.meanWeight(),
        moments.meanSquaredWeight(),
        moments.meanBias(),
        moments.meanSquaredBias());
  }
}

package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradientsConfig.SignalKind;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Takes the gradient sets of members one after the other, as rows of one of the tables. One per
 * task. Taking a set again for each table costs less than keeping it.
 */
final class GradientRows {
  /** How far the mean of the stored gradients may be from the batch gradient. */
  private static final double TOLERANCE = 1e-5;

  private final Probes probes;
  private final SignalRule rule;
  private final String configHash;
  private final String codeVersion;
  private final Map<String, GradientExtraction> workspaces = new HashMap<>();

  GradientRows(Probes probes, SignalRule rule, String configHash, String codeVersion) {
    this.probes = probes;
    this.rule = rule;
    this.configHash = configHash;
    this.codeVersion = codeVersion;
  }

  /** The member's rows of {@code probe_sets}. */
  List<Row> probes(Row member) {
    return assigned(member).stream().map(probe -> probe.set().row()).toList();
  }

  /** The member's rows of {@code gradient_sets}, one per probe set. */
  List<Row> sets(Row member) {
    return assigned(member).stream()
        .map(probe -> setColumns(member, probe, extract(member, probe.set())))
        .toList();
  }

  /** The member's rows of {@code layer_factors}, one per affine layer. */
  List<Row> factors(Row member) {
    return assigned(member).stream()
        .filter(Probes.Assigned::keepsFactors)
        .flatMap(probe -> factors(id(member, probe.set()), extract(member, probe.set())))
        .toList();
  }

  /** The member's rows of {@code layer_moments}, one per probe set and affine layer. */
  List<Row> moments(Row member) {
    return assigned(member).stream()
        .flatMap(probe -> moments(id(member, probe.set()), extract(member, probe.set())))
        .toList();
  }

  private List<Probes.Assigned> assigned(Row member) {
    return probes.of(member.getAs(MembersTable.MEMBER_ID), architecture(member).input().size());
  }

  private static Architecture architecture(Row member) {
    return Architecture.parse(member.getAs(MembersTable.ARCHITECTURE));
  }

  private static String id(Row member, ProbeSet probe) {
    return member.<String>getAs(MembersTable.MEMBER_ID) + "-p" + probe.id();
  }

  /**
   * Takes the set.
   *
   * @throws GradzooException exit code 3, naming the member, if its weights are not what its
   *     architecture has, the probe set does not fit it, or the mean of its gradients is not the
   *     batch gradient
   */
  private GradientSet extract(Row member, ProbeSet probe) {
    float[] parameters = StoredWeights.of(member);
    Architecture architecture = architecture(member);
    rule.requireFit(member.getAs(MembersTable.MEMBER_ID), architecture, probe);
    GradientExtraction extraction =
        workspaces.computeIfAbsent(architecture.id(), id -> new GradientExtraction(architecture));
    Signal signal = rule.on(probe, architecture.outputs());
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

  private Row setColumns(Row member, Probes.Assigned probe, GradientSet set) {
    return RowFactory.create(
        id(member, probe.set()),
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
        set.samples(),
        set.values(),
        set.discrepancy(),
        member.getAs(MembersTable.TEST_ACCURACY),
        member.getAs(MembersTable.PARAMETERS_SHA256),
        configHash,
        codeVersion);
  }

  private static Stream<Row> factors(String id, GradientSet set) {
    return set.layers().stream().map(layer -> factors(id, layer));
  }

  private static Stream<Row> moments(String id, GradientSet set) {
    return set.layers().stream()
        .map(layer -> moments(id, layer, set.moments().get(layer.layer().index())));
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

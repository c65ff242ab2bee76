package io.gradzoo.jobs.model.scalegmn;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.ReadoutNodes;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Locale;

/**
 * The head of a ScaleGMN, as its block asks for it.
 *
 * @param result of the network
 * @param readout what an invariant head looks at
 * @param outputs of an invariant head; 1 for as many as its task asks for
 * @param initialScale of parameter deltas
 * @param gauge in which ReLU members are read for parameter deltas
 */
record HeadChoice(
    HeadKind result, ReadoutNodes readout, int outputs, double initialScale, WeightGauge gauge) {
  private static final String GAUGE = "gauge";

  /** The head of a ScaleGMN. */
  enum HeadKind {
    /** A vector for each member that no symmetry changes. */
    INVARIANT,
    /** A change of every weight and bias, times one learned scale for each of the tensors. */
    PARAMETER_DELTAS,
    /** Likewise, with products of node features in the changes of weights. */
    PARAMETER_PRODUCTS,
    /** A change of every weight and bias as it comes out of the last layer. */
    GRAPH_DELTAS
  }

  static HeadChoice read(Section section) {
    return new HeadChoice(
        section.choice("head", HeadKind.class),
        section.choice("readout", ReadoutNodes.class),
        section.count("outputs", 1, 100_000),
        section.number("initial-scale", 1e-12, 1e6),
        gauged(section).choice(GAUGE, WeightGauge.class));
  }

  /** As given is what models were before there was a choice: they keep their hashes. */
  private static Section gauged(Section section) {
    return section.affecting(
        Effects.on(Artefact.MODELS)
            .unless(section.path(GAUGE), WeightGauge.AS_GIVEN.name().toLowerCase(Locale.ROOT)));
  }

  boolean invariant() {
    return result == HeadKind.INVARIANT;
  }

  /**
   * The head for networks of this layout.
   *
   * @param numbers that the task asks for
   */
  ScaleGmnHead build(GraphLayout layout, int numbers) {
    return switch (result) {
      case INVARIANT -> new ScaleGmnHead.Invariant(readout, outputs == 1 ? numbers : outputs);
      case PARAMETER_DELTAS -> deltas(WeightTerms.GATED);
      case PARAMETER_PRODUCTS -> deltas(WeightTerms.GATED_AND_PRODUCTS);
      case GRAPH_DELTAS -> new ScaleGmnHead.GraphDeltas(layout.edgeWidth());
    };
  }

  private ScaleGmnHead deltas(WeightTerms terms) {
    return new ScaleGmnHead.ParameterDeltas((float) initialScale, terms, gauge);
  }

  void requireOutput(String model, MetanetworkTask task) {
    boolean changes = task.output() == OutputShape.PARAMETER_CHANGES;
    if (changes == invariant() || (!changes && outputs != 1 && outputs != task.numbers())) {
      throw GradzooException.usage(
          Fault.of("models.%s.%s", model, ScaleGmnKind.BLOCK)
              .expected(
                  changes
                      ? "head = parameter_deltas, parameter_products or graph_deltas to change networks"
                      : "head = invariant with outputs = %d to predict %s"
                          .formatted(task.numbers(), task.title()))
              .found(
                  "head = %s with outputs = %d", result.name().toLowerCase(Locale.ROOT), outputs));
    }
  }
}

package io.gradzoo.jobs.task.diagonal;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.jobs.task.MeasuredMember;
import io.gradzoo.jobs.task.OutputUnit;

/** The diagonal of a member's Fisher matrix on its target set, and how far off estimates are. */
public final class FisherDiagonal {
  private FisherDiagonal() {}

  /**
   * The diagonal of a member.
   *
   * @return [parameters], in the flat layout
   */
  public static double[] of(MeasuredMember member) {
    LayeredArchitecture architecture = LayeredArchitecture.from(member.architecture());
    double[] diagonal = new double[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      LayerMoments stored = member.targetMoments(layer.index());
      float[] weights = stored.meanSquaredWeight();
      float[] biases = stored.meanSquaredBias();
      for (int i = 0; i < layer.weightCount(); i++) {
        diagonal[layer.weightOffset() + i] = weights[i];
      }
      for (int i = 0; i < layer.out(); i++) {
        diagonal[layer.biasOffset() + i] = biases[i];
      }
    }
    for (double entry : diagonal) {
      if (!(entry >= 0 && entry < Double.POSITIVE_INFINITY)) {
        throw Fault.here()
            .expected("a finite Fisher diagonal, nowhere negative")
            .found(entry)
            .exception();
      }
    }
    return diagonal;
  }

  /** Squared errors in squared deviations of the training targets. */
  public static ElementwiseObjective objective(TargetStatistics targets, OutputUnit unit) {
    return unit == OutputUnit.TARGETS
        ? new ElementwiseObjective.Unscaled(targets)
        : new ElementwiseObjective.Standardized(targets);
  }
}

package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.family.WeightChange;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.model.SymmetryPromise.Expectation;
import java.util.List;
import java.util.Optional;

/**
 * A random transformation of a target network or of its gradient set.
 *
 * @param name for the table
 * @param expectation its expected effect on the metanetwork's output
 * @param action how it is drawn and done
 */
record Change(String name, Expectation expectation, Action action) {

  /** Draws and does a change. */
  @FunctionalInterface
  interface Action {
    /**
     * @param network flat parameters of the unchanged target network
     * @return what the metanetwork reads after the change
     */
    ExampleParts apply(Subject subject, Architecture architecture, float[] network, long seed);
  }

  /** The transformations in a model's promises, as far as they exist for networks like this one. */
  static List<Change> of(List<SymmetryPromise> promises, Architecture architecture) {
    return promises.stream().flatMap(promise -> of(promise, architecture).stream()).toList();
  }

  private static Optional<Change> of(SymmetryPromise promise, Architecture architecture) {
    if (promise.transformation() == Transformation.SET_ORDER) {
      return Optional.of(
          new Change("orders of the set", promise.expectation(), Subject::readReordered));
    }
    return BuiltInGradients.of(architecture)
        .change(promise.transformation(), architecture.activation())
        .map(change -> new Change(change.name(), promise.expectation(), ofWeights(change)));
  }

  private static Action ofWeights(WeightChange change) {
    return (subject, architecture, network, seed) ->
        subject.read(architecture, change.transform().apply(architecture, network, seed));
  }
}

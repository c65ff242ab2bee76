package io.gradzoo.jobs.model;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.List;
import java.util.Optional;

/** A metanetwork as its config describes it, before its target networks are known. */
public interface MetanetworkDesign {

  /**
   * What it reads from gradient sets; empty if it reads weights alone.
   *
   * @param samples in a set
   */
  default Optional<GradientInput> gradients(int samples) {
    return Optional.empty();
  }

  /**
   * The metanetwork for its target networks.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if one metanetwork cannot serve them all
   */
  MetanetworkSpec spec(TargetNetworks targets);

  /** How its outputs respond to transformations of these networks, in the order of tables. */
  List<SymmetryPromise> symmetries(TargetNetworks targets);

  /** Whether it reweights the samples of the standard estimate of a Fisher diagonal. */
  default boolean reweightsEstimate() {
    return false;
  }

  /**
   * Refuses a design whose result is of another shape than the task needs, where a block may ask
   * for any.
   *
   * @param model its name, for the message
   * @throws io.gradzoo.jobs.GradzooException exit code 2
   */
  default void requireOutput(String model, MetanetworkTask task) {}
}

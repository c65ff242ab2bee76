package io.gradzoo.jobs.model;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import java.util.List;
import java.util.Optional;

/** A metanetwork as a config asks for it, before it is known which networks it will meet. */
public interface MetanetworkDesign {

  /**
   * What it reads of gradient sets; empty if it reads weights alone.
   *
   * @param samples in a set
   */
  default Optional<GradientInput> gradients(int samples) {
    return Optional.empty();
  }

  /**
   * The metanetwork for the networks it will meet.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if one metanetwork cannot serve them all
   */
  MetanetworkSpec spec(TargetNetworks targets);

  /** What it promises of changes of these networks, in the order of tables. */
  List<SymmetryPromise> symmetries(TargetNetworks targets);

  /** Whether it weighs the samples of the standard estimate of a Fisher diagonal. */
  default boolean reweightsEstimate() {
    return false;
  }

  /**
   * Refuses a design whose result is no prediction of one number.
   *
   * @param model its name, for the message
   * @throws io.gradzoo.jobs.GradzooException exit code 2
   */
  default void requirePredictor(String model) {}
}

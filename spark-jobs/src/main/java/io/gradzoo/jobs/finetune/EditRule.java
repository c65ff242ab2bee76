package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.editing.Editing;
import java.io.Serializable;

/**
 * Which members stay as they are.
 *
 * @param objective by which networks are compared
 * @param keep whether those that became worse stay as they were
 */
public record EditRule(Criterion objective, Keep keep) implements Serializable {
  /** What is to become smaller. */
  public enum Criterion {
    /** What the model was trained to make smaller. */
    OWN,
    /** The cross-entropy. */
    CE,
    /** The cross-entropy and the penalty on ‖θ‖₁ that the model was trained with. */
    CE_L1
  }

  /** What becomes of members that became worse. */
  public enum Keep {
    /** They are changed, and counted. */
    CHANGED,
    /** They stay as they were. */
    IF_BETTER
  }

  /**
   * Refuses an objective that a model knows nothing of.
   *
   * @throws GradzooException exit code 2
   */
  void require(Editing editing) {
    if (objective == Criterion.CE_L1 && editing.l1() == 0) {
      throw GradzooException.usage(
          Fault.of("finetune")
              .at("--objective")
              .expected("ce, of a model that was trained without a penalty on weights")
              .found("ce_l1"));
    }
  }

  /** Whether a network became worse. */
  boolean worse(NetworkMeasures before, NetworkMeasures after) {
    return !(value(after) < value(before));
  }

  /** Whether a network becomes another: not if its numbers would not be finite. */
  boolean changes(Operator.Edit edit) {
    return edit.finite() && !(worse(edit.before(), edit.after()) && keep == Keep.IF_BETTER);
  }

  /** What networks are compared by, in words. */
  String words(Editing editing) {
    return objective == Criterion.CE
        ? new Editing(editing.imagesPerStep(), 0, 0).objective()
        : editing.objective();
  }

  private double value(NetworkMeasures measures) {
    return objective == Criterion.CE ? measures.loss() : measures.objective();
  }
}

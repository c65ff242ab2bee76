package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.EditSearch;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.editing.Editing;
import java.io.Serializable;

/**
 * How far members are changed, and which of them stay as they are.
 *
 * @param objective by which networks are compared
 * @param length how far a network goes toward what the model makes of it
 * @param keep whether those that became worse stay as they were
 */
public record EditRule(Criterion objective, Length length, Keep keep) implements Serializable {
  /** All become what the model makes of them. */
  public static final EditRule PLAIN = new EditRule(Criterion.OWN, Length.WHOLE, Keep.CHANGED);

  /** What is to become smaller. */
  public enum Criterion {
    /** What the model was trained to make smaller. */
    OWN,
    /** The cross-entropy. */
    CE,
    /** The cross-entropy and the penalty on ‖θ‖₁ that the model was trained with. */
    CE_L1
  }

  /** How far a network goes. */
  public enum Length {
    /** All the way. */
    WHOLE,
    /** As far as is best for the training images ({@link EditSearch}). */
    SEARCHED
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
  boolean worse(Operator.Edit edit) {
    return edit.length() > 0 && !(value(edit.after()) < value(edit.before()));
  }

  /** Whether a network becomes another: not if its numbers would not be finite. */
  boolean changes(Operator.Edit edit) {
    return edit.finite() && edit.length() > 0 && !(worse(edit) && keep == Keep.IF_BETTER);
  }

  /** What networks are compared by, in words. */
  String words(Editing editing) {
    return objective == Criterion.CE
        ? new Editing(editing.imagesPerStep(), 0).objective()
        : editing.objective();
  }

  /** What is to become small. */
  double value(NetworkMeasures measures) {
    return objective == Criterion.CE ? measures.loss() : measures.objective();
  }
}

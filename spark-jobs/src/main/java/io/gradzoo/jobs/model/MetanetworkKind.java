package io.gradzoo.jobs.model;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Set;

/**
 * A kind of metanetwork: what a config may say of it, whom it serves, and how it is designed.
 * Nobody knows more of it than this.
 *
 * <p>The code version of a model starts from the class of its kind, so that class names everything
 * that only models of the kind depend on.
 */
public interface MetanetworkKind {
  /** As {@code kind = …} names it, of a–z and _. */
  String name();

  /** The blocks that a model of this kind has beside those of every model: one of its name. */
  default Set<String> blocks() {
    return Set.of(name());
  }

  /** What it uses of a member; families that offer it are those that the kind serves. */
  MemberUse uses();

  /** What its outputs can be; a task says which it needs. */
  Set<OutputShape> outputs();

  /**
   * Reads its blocks. What is wrong is recorded in the section, and a harmless value takes its
   * place.
   *
   * @param model the block of a model
   */
  MetanetworkDesign read(Section model);

  /** Whether it has the outputs of a task and sees what the task is about. */
  default boolean serves(MetanetworkTask task) {
    return outputs().contains(task.output())
        && (!task.standardizes() || uses().gradients())
        && (!task.usesTargetSets() || uses() == MemberUse.FACTORS); // of dense layers
  }
}

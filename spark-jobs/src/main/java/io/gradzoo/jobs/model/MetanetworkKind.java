package io.gradzoo.jobs.model;

import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberUse;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputShape;
import java.util.Set;

/**
 * A kind of metanetwork: its config blocks, the tasks and families that it serves, and its design.
 * The rest of the code knows kinds only through this interface.
 *
 * <p>The code version of a model starts from the class of its kind, so that class refers to
 * everything that only models of the kind depend on.
 */
public interface MetanetworkKind {
  /** Its name in configs, {@code kind = …}: letters a–z and _. */
  String name();

  /** The blocks that a model of this kind has beside those of every model: one of its name. */
  default Set<String> blocks() {
    return Set.of(name());
  }

  /** What it uses of a member. The kind serves the families that offer it. */
  MemberUse uses();

  /** The shapes that its outputs can have; a task needs one of them. */
  Set<OutputShape> outputs();

  /**
   * Reads its blocks. What is wrong is recorded in the section, and a harmless value takes its
   * place.
   *
   * @param model the block of a model
   */
  MetanetworkDesign read(Section model);

  /** Whether it has the outputs, and reads the data, that a task needs. */
  default boolean serves(MetanetworkTask task) {
    return outputs().contains(task.output())
        && (!task.standardizes() || uses().gradients())
        && (!task.usesTargetSets() || uses() == MemberUse.FACTORS); // of dense layers
  }
}

package io.gradzoo.jobs.family;

import java.util.List;

/** Takes gradients of networks of one architecture, in a workspace of its own. */
@FunctionalInterface
public interface Extraction {

  /**
   * The gradients of one network.
   *
   * @throws IllegalArgumentException if samples, targets or parameters do not fit the architecture
   */
  Chunk take(ProbedMember member);

  /** Most networks that {@link #take(List)} may be given. */
  default int atOnce() {
    return 1;
  }

  /**
   * The gradients of some networks, in their order.
   *
   * @throws IllegalArgumentException likewise
   */
  default List<Chunk> take(List<ProbedMember> members) {
    return members.stream().map(this::take).toList();
  }
}

package io.gradzoo.jobs;

/** Hears how far a long piece of work has come. */
@FunctionalInterface
public interface StageListener {
  /** Hears nothing. */
  StageListener NONE = (done, total, detail) -> {};

  /**
   * @param done units of work that are done
   * @param total units of work in all
   * @param detail what to say beside it, such as the last loss; may be empty
   */
  void advanced(long done, long total, String detail);
}

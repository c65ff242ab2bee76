package io.gradzoo.jobs.prune;

import java.util.Locale;

/** How a network is made sparse; each is fine-tuned afterwards, what is pruned staying 0. */
enum PruningMethod {
  /** Nothing is pruned: what fine-tuning alone comes to. */
  NONE("not pruned"),
  /** The weights of least magnitude go. */
  MAGNITUDE("magnitude"),
  /** Likewise in four steps, with a quarter of the fine-tuning after each. */
  ITERATIVE("iterative magnitude"),
  /** The weights go that the loss feels least (Lee et al. 2019). */
  SNIP("SNIP"),
  /** Training goes on with a penalty on ‖θ‖₁ first, then by magnitude. */
  L1("L1, then magnitude"),
  /** One pass of the operator, then by magnitude (Kuipers et al. 2025). */
  EQUIVARIANT("equivariant: one pass, then magnitude"),
  /** One pass of the operator, then fine-tuning, then by magnitude (MetaPruning's order). */
  META_PRUNING("one pass, fine-tuning, then magnitude"),
  /** Descent by a predictor of accuracies, near the start. */
  INVARIANT("invariant: by the predictor, kept near"),
  /** The same, wherever it leads. */
  INVARIANT_FREE("invariant: by the predictor, free");

  private final String title;

  PruningMethod(String title) {
    this.title = title;
  }

  /** In words. */
  String title() {
    return title;
  }

  /** As tables and member ids have it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean needsPredictor() {
    return this == INVARIANT || this == INVARIANT_FREE;
  }
}

package io.gradzoo.jobs.config.block;

import java.util.Locale;

/**
 * What jobs make of a config. Each has a hash of what it depends on; {@link EffectiveConfig} says
 * which is made of which.
 */
public enum Artefact {
  /** The networks of a zoo. */
  MEMBERS,
  /** The gradient sets of the members. */
  GRADIENT_SETS,
  /** Trained models; what stands in the block of one affects that one alone. */
  MODELS,
  /** The study of curvature estimates. */
  STUDY;

  /** As documents call it. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

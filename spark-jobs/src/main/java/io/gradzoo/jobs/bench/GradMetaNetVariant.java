package io.gradzoo.jobs.bench;

/** A GradMetaNet that is measured. */
public enum GradMetaNetVariant {
  /** Width 64, 3 layers on the set and 3 on the neurons. */
  PLAIN,
  /** GradMetaNet++ with width 16 and 2 blocks of attention with 4 heads. */
  PLUS_PLUS
}

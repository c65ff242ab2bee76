package io.gradzoo.jobs.config;

/** How a target network's weights start, by Keras' names. */
public enum InitializerKind {
  GLOROT_NORMAL,
  HE_NORMAL,
  ORTHOGONAL,
  NORMAL,
  TRUNCATED_NORMAL
}

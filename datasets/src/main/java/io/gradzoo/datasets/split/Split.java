package io.gradzoo.datasets.split;

/** Training, validation or test split. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST
}

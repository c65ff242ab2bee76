package io.gradzoo.datasets.split;

/** What a member of a zoo is used for. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST
}

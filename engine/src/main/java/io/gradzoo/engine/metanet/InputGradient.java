package io.gradzoo.engine.metanet;

/** Whether a recording gives derivatives by its inputs, the examples, as well as by parameters. */
public enum InputGradient {
  NOT_NEEDED,
  NEEDED
}

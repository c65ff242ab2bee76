package io.gradzoo.engine.network;

/** Layout of a target network of any family. Its text form is its identity in every table. */
public interface TargetArchitecture {

  /** The text form. */
  String id();

  /** Length of the flat parameter vector. */
  int parameterCount();

  /** Numbers of one prediction. */
  int outputs();
}

package io.gradzoo.engine.network;

import java.util.List;

/** Layout of a target network of any family. Its text form is its identity in every table. */
public interface Architecture {

  /** The text form. */
  String id();

  /** Length of the flat parameter vector. */
  int parameterCount();

  /** Where each tensor lies in the flat parameter vector, in order and without gaps. */
  List<TensorRange> tensors();

  /** Numbers of one prediction. */
  int outputs();
}

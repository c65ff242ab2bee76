package io.gradzoo.engine.network;

import java.io.Serializable;
import java.util.List;

/**
 * Layout of a target network of any family. Its text form is its identity in every table: it is
 * parsed where tables, configs and files are read, and equal texts give the same object there.
 * Architectures of one text are equal.
 */
public interface Architecture extends Serializable {

  /** The text form. */
  String id();

  /** Length of the flat parameter vector. */
  int parameterCount();

  /** Where each tensor lies in the flat parameter vector, in order and without gaps. */
  List<TensorRange> tensors();

  /**
   * The tensors in the order in which a metanetwork that has an output for each gives them: that of
   * the flat vector, if a family says nothing else.
   */
  default List<TensorRange> resultTensors() {
    return tensors();
  }

  /** Numbers of one prediction. */
  int outputs();

  /** How many layers with parameters, or blocks of such, lie between inputs and outputs. */
  int depth();

  /** What follows the hidden layers; the text form names it in lower case. */
  Enum<?> activation();
}

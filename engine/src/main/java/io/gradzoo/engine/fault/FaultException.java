package io.gradzoo.engine.fault;

import java.util.List;

/** An argument that is not what it should be. Made by {@link Fault#exception}. */
public final class FaultException extends IllegalArgumentException implements Faulty {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  FaultException(Fault fault) {
    super(fault.line());
    this.fault = fault;
  }

  @Override
  public List<Fault> faults() {
    return List.of(fault);
  }
}

package io.gradzoo.engine.fault;

import java.util.List;

/** A device has too little memory for a computation; one of fewer models may fit. */
public final class DeviceMemoryException extends IllegalStateException implements Faulty {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  public DeviceMemoryException(Fault fault) {
    super(fault.line());
    this.fault = fault;
  }

  @Override
  public List<Fault> faults() {
    return List.of(fault);
  }
}

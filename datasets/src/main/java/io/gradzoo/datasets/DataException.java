package io.gradzoo.datasets;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.Faulty;
import java.util.List;

/** Input that cannot be read. Made by {@link Place#fault}, so that it always names its place. */
public final class DataException extends RuntimeException implements Faulty {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  DataException(Fault fault, Throwable cause) {
    super(fault.line(), cause);
    this.fault = fault;
  }

  @Override
  public List<Fault> faults() {
    return List.of(fault);
  }
}

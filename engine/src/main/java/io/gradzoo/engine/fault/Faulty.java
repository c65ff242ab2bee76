package io.gradzoo.engine.fault;

import java.util.List;

/** A failure that says in faults what is wrong. */
public interface Faulty {
  /** Everything that is wrong, at least one. */
  List<Fault> faults();
}

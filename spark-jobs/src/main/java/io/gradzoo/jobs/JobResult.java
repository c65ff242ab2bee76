package io.gradzoo.jobs;

import io.gradzoo.engine.fault.Fault;
import java.io.PrintWriter;
import java.util.List;

/** What a job comes to: values for a program, and a text for people. */
public interface JobResult {

  /** Writes the text; nothing if there is nothing to say. */
  default void print(PrintWriter out) {}

  /**
   * What a job that looks at data found wrong with it. A command says it after the text and ends
   * with exit code 3.
   */
  default List<Fault> faults() {
    return List.of();
  }
}

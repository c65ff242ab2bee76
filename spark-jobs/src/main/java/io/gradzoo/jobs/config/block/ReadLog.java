package io.gradzoo.jobs.config.block;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What comes of reading a config, apart from the records: the values that were read, by their path
 * below the root, and what is wrong.
 */
public record ReadLog(SortedMap<String, Value> values, Problems problems) {
  /**
   * A value as it was understood, and what it affects.
   *
   * @param value null if the text cannot be understood
   */
  public record Value(Object value, Effects effects) {}

  /** Of a config that is yet to be read. */
  public ReadLog() {
    this(new TreeMap<>(), new Problems());
  }

  /** The same, where nothing more that is wrong is worth a line. */
  ReadLog silently() {
    return new ReadLog(values, new Problems());
  }
}

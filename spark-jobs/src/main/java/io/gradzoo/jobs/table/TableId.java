package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import java.util.regex.Pattern;

/**
 * A table's name.
 *
 * @param zoo its namespace
 * @param table its kind
 */
public record TableId(String zoo, String table) implements Comparable<TableId> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public TableId {
    if (!valid(zoo) || !valid(table)) {
      throw Fault.of("table")
          .expected("names of a-z, 0-9 and _")
          .found(zoo + " and " + table)
          .exception();
    }
  }

  static boolean valid(String name) {
    return NAME.matcher(name).matches();
  }

  @Override
  public int compareTo(TableId other) {
    int byZoo = zoo.compareTo(other.zoo);
    return byZoo != 0 ? byZoo : table.compareTo(other.table);
  }

  @Override
  public String toString() {
    return zoo + "." + table;
  }
}

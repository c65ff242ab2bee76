package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.StoredTable;
import java.io.PrintWriter;
import java.util.List;

/**
 * The tables of all zoos.
 *
 * @param faults of tables that cannot be described
 */
public record TableList(List<StoredTable> tables, List<Fault> faults) implements JobResult {
  private static final String FORMAT = "%-16s %-16s %12s %-10s %-18s %s%n";
  private static final int SHORT_HASH = 10;

  public TableList {
    tables = List.copyOf(tables);
    faults = List.copyOf(faults);
  }

  @Override
  public void print(PrintWriter out) {
    if (tables.isEmpty() && faults.isEmpty()) {
      out.println("no zoos yet: gradzoo zoo generate makes one");
      return;
    }
    out.printf(FORMAT, "ZOO", "TABLE", "ROWS", "CONFIG", "CODE", "PLACE");
    tables.forEach(table -> print(out, table));
  }

  private static void print(PrintWriter out, StoredTable table) {
    String hash = table.properties().configHash();
    out.printf(
        FORMAT,
        table.id().zoo(),
        table.id().table(),
        table.rows(),
        hash.substring(0, Math.min(SHORT_HASH, hash.length())),
        table.properties().codeVersion(),
        table.location());
  }
}

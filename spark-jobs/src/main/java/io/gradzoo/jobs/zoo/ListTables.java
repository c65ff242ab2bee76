package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.StoredTable;
import io.gradzoo.jobs.table.TableId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints the tables of all zoos: rows, versions, where they are; damaged ones fail the job. */
public final class ListTables implements Job {
  private static final String FORMAT = "%-16s %-16s %12s %-10s %-18s %s%n";
  private static final int SHORT_HASH = 10;

  @Override
  public void run(JobContext context) {
    PrintWriter out = context.out();
    context.tables().requirePlace();
    List<TableId> tables = context.tables().list();
    if (tables.isEmpty()) {
      out.println("no zoos yet: gradzoo zoo generate makes one");
      return;
    }
    List<Fault> faults = new ArrayList<>();
    out.printf(FORMAT, "ZOO", "TABLE", "ROWS", "CONFIG", "CODE", "PLACE");
    for (TableId id : tables) {
      try {
        print(out, context.tables().describe(id));
      } catch (GradzooException e) {
        faults.addAll(e.faults());
      }
    }
    if (!faults.isEmpty()) {
      throw GradzooException.data(faults);
    }
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

package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.StoredTable;
import io.gradzoo.jobs.table.TableId;
import java.util.ArrayList;
import java.util.List;

/** Job: the tables of all zoos: rows, versions, where they are; damaged ones are faults. */
public final class ListTables implements Job<TableList> {
  @Override
  public TableList run(JobContext context) {
    context.tables().requirePlace();
    List<StoredTable> tables = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (TableId id : context.tables().list()) {
      try {
        tables.add(context.tables().describe(id));
      } catch (GradzooException e) {
        faults.addAll(e.faults());
      }
    }
    return new TableList(tables, faults);
  }
}

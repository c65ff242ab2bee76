package io.gradzoo.jobs.storage;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.TableId;
import java.io.PrintWriter;
import java.util.SortedMap;

/**
 * Tables that were taken into a catalog.
 *
 * @param versions of each, by the table
 */
public record Migration(SortedMap<TableId, Integer> versions) implements JobResult {
  @Override
  public void print(PrintWriter out) {
    versions.forEach((id, count) -> out.printf("%s: %d versions in the catalog%n", id, count));
    if (versions.isEmpty()) {
      out.println("storage migrate: nothing to migrate");
    }
  }
}

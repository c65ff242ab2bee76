package io.gradzoo.jobs.published;

import io.gradzoo.jobs.table.MembersTable.Origin;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads one range of weights in a task.
 *
 * @param folder of the zoo's files
 * @param weights what told them from others when the import began
 * @param order where each number of a network lies in its row
 * @param origin what the rows depend on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RangeTask(String folder, FileVersion weights, int[] order, Origin origin)
    implements FlatMapFunction<ImportedRuns, Row> {
  @Override
  public Iterator<Row> call(ImportedRuns runs) {
    WeightRange range =
        new WeightRange(
            new WeightBlocks(new ZooFolder(folder), weights, runs, order), runs, origin);
    TaskCompletionListener close = context -> range.close();
    TaskContext.get().addTaskCompletionListener(close);
    return range;
  }
}

package io.gradzoo.jobs.published;

import io.gradzoo.datasets.format.NpyRows;
import io.gradzoo.jobs.table.MemberStatus;
import io.gradzoo.jobs.table.MembersTable.Fate;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Reads the weights of some networks, one after the other, and makes rows of the members table. */
final class WeightRange implements Iterator<Row>, AutoCloseable {
  private static final int BLOCK_BYTES = 1 << 20;

  private final NpyRows weights;
  private final ImportedRuns runs;
  private final int[] order;
  private final Origin origin;
  private final int blockRows;
  private final float[] block;
  private int done;

  /**
   * @param weights closed with this
   * @param order where each number of a network lies in its row
   */
  WeightRange(NpyRows weights, ImportedRuns runs, int[] order, Origin origin) {
    this.weights = weights;
    this.runs = runs;
    this.order = order.clone();
    this.origin = origin;
    this.blockRows = Math.max(1, BLOCK_BYTES / Float.BYTES / order.length);
    this.block = new float[blockRows * order.length];
  }

  @Override
  public boolean hasNext() {
    return done < runs.size();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int inBlock = done % blockRows;
    if (inBlock == 0) {
      weights.read(runs.first() + done, Math.min(blockRows, runs.size() - done), block);
    }
    Row row = row(runs.get(done++), inBlock * order.length).toRow();
    if (!hasNext()) {
      close();
    }
    return row;
  }

  @Override
  public void close() {
    weights.close();
  }

  private MemberRow row(ImportedRun run, int start) {
    float[] parameters = new float[order.length];
    boolean finite = true;
    for (int i = 0; i < order.length; i++) {
      parameters[i] = block[start + order[i]];
      finite &= Float.isFinite(parameters[i]);
    }
    int epoch = (int) run.metrics().step();
    return finite
        ? MemberRow.healthy(
            run.memberId(), epoch, runs.columns(run), parameters, runs.scores(run), origin)
        : MemberRow.lost(
            run.memberId(),
            epoch,
            runs.columns(run),
            new Fate(MemberStatus.DIVERGED, "its published weights are not finite"),
            origin);
  }
}

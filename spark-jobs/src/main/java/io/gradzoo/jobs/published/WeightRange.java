package io.gradzoo.jobs.published;

import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import io.gradzoo.jobs.table.MemberStatus;
import io.gradzoo.jobs.table.MembersTable.Fate;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.Published;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Reads the weights of some networks, one after the other, and makes rows of the members table. */
final class WeightRange implements Iterator<Row>, AutoCloseable {
  private final WeightBlocks weights;
  private final ImportedRuns runs;
  private final Origin origin;
  private int done;

  /**
   * @param weights of the runs; closed with this
   */
  WeightRange(WeightBlocks weights, ImportedRuns runs, Origin origin) {
    this.weights = weights;
    this.runs = runs;
    this.origin = origin;
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
    Row row = row(runs.get(done), weights.parameters(done)).toRow();
    done++;
    if (!hasNext()) {
      close();
    }
    return row;
  }

  @Override
  public void close() {
    weights.close();
  }

  private MemberRow row(ImportedRun run, float[] parameters) {
    boolean finite = true;
    for (float parameter : parameters) {
      finite &= Float.isFinite(parameter);
    }
    int epoch = (int) run.metrics().step();
    MemberRow row =
        finite
            ? MemberRow.healthy(
                run.memberId(), epoch, runs.columns(run), parameters, runs.scores(run), origin)
            : MemberRow.lost(
                run.memberId(),
                epoch,
                runs.columns(run),
                new Fate(MemberStatus.DIVERGED, "its published weights are not finite"),
                origin);
    ZooMetricsRow.Said said = run.metrics().said();
    String split = run.split() == null ? said.split() : run.split();
    return row.with(new Published(said.imageId(), said.label(), split));
  }
}

package io.gradzoo.jobs.published;

import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads a range of rows in a task; weights only if they are wanted. */
final class SmallCnnReader implements PartitionReader<InternalRow> {
  private static final String PARAMETERS = "parameters";

  private final ImportedRuns runs;
  private final String[] columns;

  /** Null if no weights are wanted. */
  private final WeightBlocks weights;

  private int read;

  SmallCnnReader(SmallCnnScan.Range range, StructType columns) {
    this.runs = range.runs();
    this.columns = columns.fieldNames();
    this.weights =
        Arrays.asList(this.columns).contains(PARAMETERS)
            ? new WeightBlocks(new ZooFolder(range.folder()), range.version(), runs, range.order())
            : null;
  }

  @Override
  public boolean next() {
    return read++ < runs.size();
  }

  @Override
  public InternalRow get() {
    ImportedRun run = runs.get(read - 1);
    return new GenericInternalRow(
        Arrays.stream(columns).map(column -> cell(run, column)).toArray());
  }

  @Override
  public void close() {
    if (weights != null) {
      weights.close();
    }
  }

  private Object cell(ImportedRun run, String column) {
    ZooMetricsRow metrics = run.metrics();
    return switch (column) {
      case "member_id" -> UTF8String.fromString(run.memberId());
      case "run_id" -> UTF8String.fromString(run.runId());
      case "epoch" -> (int) metrics.step();
      case "architecture" -> UTF8String.fromString(run.architecture());
      case PARAMETERS -> UnsafeArrayData.fromPrimitiveArray(weights.parameters(read - 1));
      case "train_loss" -> metrics.trainLoss();
      case "train_accuracy" -> metrics.trainAccuracy();
      case "test_loss" -> metrics.testLoss();
      case "test_accuracy" -> metrics.testAccuracy();
      default -> throw new IllegalArgumentException("no column " + column);
    };
  }
}

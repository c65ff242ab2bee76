package io.gradzoo.jobs.example;

import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.table.LayerMomentsTable.MomentsRow;
import io.gradzoo.jobs.task.MeasuredMember;
import java.util.List;
import org.apache.spark.sql.Row;

/** A member as a row holds it: columns of {@code members}, and the moments of its target set. */
record StoredMeasurements(Row row, Architecture architecture) implements MeasuredMember {
  /** Column with the rows of {@code layer_moments} of the target set, by layer. */
  static final String MOMENTS = "moments";

  @Override
  public Double number(String column) {
    Number number = row.getAs(column);
    return number == null ? null : (Double) number.doubleValue();
  }

  @Override
  public LayerMoments targetMoments(int layer) {
    return MomentsRow.of(row.<List<Row>>getAs(MOMENTS).get(layer)).moments();
  }
}

package io.gradzoo.jobs.ml;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FrameStore;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What stages want of the columns that they are given. */
final class MemberSchema {
  private MemberSchema() {}

  /**
   * The columns as they are.
   *
   * @throws GradzooException exit code 3 if one that members need is missing or of another type
   */
  static StructType required(StructType schema) {
    FrameStore.require(schema);
    return schema;
  }

  /**
   * The columns with one of predictions behind them.
   *
   * @throws GradzooException likewise, or exit code 2 if it is there
   */
  static StructType with(StructType schema, String prediction) {
    if (Arrays.asList(schema.fieldNames()).contains(prediction)) {
      throw GradzooException.usage(
          Fault.of("predictionCol")
              .expected("a new column")
              .found("\"%s\", which is there", prediction)
              .fix("setPredictionCol"));
    }
    return required(schema).add(prediction, DataTypes.DoubleType);
  }
}

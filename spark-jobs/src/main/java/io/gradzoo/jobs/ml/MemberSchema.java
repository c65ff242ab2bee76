package io.gradzoo.jobs.ml;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FrameStore;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
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
    return added(
        required(schema),
        "predictionCol",
        new StructField(prediction, DataTypes.DoubleType, true, Metadata.empty()));
  }

  /**
   * The columns with one more.
   *
   * @param param that names it
   * @throws GradzooException exit code 2 if it is there
   */
  static StructType added(StructType schema, String param, StructField column) {
    if (Arrays.asList(schema.fieldNames()).contains(column.name())) {
      throw GradzooException.usage(
          Fault.of(param)
              .expected("a new column")
              .found("\"%s\", which is there", column.name())
              .fix("set" + Character.toUpperCase(param.charAt(0)) + param.substring(1)));
    }
    return schema.add(column);
  }
}

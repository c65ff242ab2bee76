package io.gradzoo.jobs.ml;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.MembersTable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What stages that predict classes want of the columns that they are given. */
final class ClassSchema {
  private static final String PARAM = "labelCol";

  private ClassSchema() {}

  /**
   * The columns with those of a prediction behind them.
   *
   * @throws GradzooException exit code 3 if one that members need is missing or of another type, 2
   *     if one of a prediction is there or two have one name
   */
  static StructType with(StructType schema, ClassificationParams<?> stage) {
    MemberSchema.required(withoutLabel(schema));
    StructType all = schema;
    all = MemberSchema.added(all, "rawPredictionCol", vector(stage.getRawPredictionCol()));
    all = MemberSchema.added(all, "probabilityCol", vector(stage.getProbabilityCol()));
    return MemberSchema.added(
        all,
        "predictionCol",
        new StructField(stage.getPredictionCol(), DataTypes.DoubleType, true, Metadata.empty()));
  }

  /**
   * Refuses columns without labels.
   *
   * @throws GradzooException exit code 2
   */
  static void requireLabels(StructType schema, String name) {
    StructField found =
        Arrays.stream(schema.fields())
            .filter(field -> field.name().equals(name))
            .findFirst()
            .orElse(null);
    if (found == null || !(found.dataType() instanceof NumericType)) {
      throw GradzooException.usage(
          Fault.of(PARAM)
              .expected("a column of numbers")
              .found(
                  "\"%s\", %s", name, found == null ? "which is not there" : found.dataType().sql())
              .fix("setLabelCol"));
    }
  }

  /**
   * The members with the labels of a column as the labels of a zoo.
   *
   * @throws GradzooException exit code 3 if one is no whole number, 4 if its job is cancelled
   */
  static Dataset<Row> labelled(Dataset<Row> members, String name) {
    Column label = members.col(name);
    Column whole = label.cast(DataTypes.IntegerType);
    List<Row> others = others(members, label, whole);
    if (!others.isEmpty()) {
      throw GradzooException.data(
          Fault.of(PARAM)
              .at("member " + others.get(0).getString(0))
              .expected("a whole number in %s", name)
              .found(others.get(0).getString(1))
              .fix("labels 0, 1, 2, …, as StringIndexer makes them of names"));
    }
    return members.withColumn(MembersTable.LABEL, whole);
  }

  /** A member whose label is no whole number, if there is one. */
  private static List<Row> others(Dataset<Row> members, Column label, Column whole) {
    try {
      return members
          .where(label.isNotNull().and(whole.isNull().or(whole.notEqual(label))))
          .select(col(MembersTable.MEMBER_ID), label.cast(DataTypes.StringType))
          .takeAsList(1);
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      throw Failures.forUsers(e);
    }
  }

  private static StructField vector(String name) {
    return new StructField(name, SQLDataTypes.VectorType(), true, Metadata.empty());
  }

  private static StructType withoutLabel(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> !field.name().equals(MembersTable.LABEL))
            .toArray(StructField[]::new));
  }
}

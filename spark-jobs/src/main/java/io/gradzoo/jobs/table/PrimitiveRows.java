package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a query for readers of numbers: arrays of numbers are primitive arrays, copied out of
 * Spark's own row in one go, where {@link Dataset#javaRDD} boxes every number; arrays of structs
 * are lists of rows.
 */
public final class PrimitiveRows {
  private PrimitiveRows() {}

  /** Chooses rows by a text. */
  @FunctionalInterface
  public interface RowChoice extends Serializable {
    /** Whether a row with this text in the column is read. */
    boolean includes(String text);
  }

  /** The rows of a query. */
  public static JavaRDD<Row> of(Dataset<Row> query) {
    StructType schema = query.schema();
    return internal(query).map(row -> row(row, schema));
  }

  /**
   * Some rows of a query; nothing else of the others is looked at.
   *
   * @param column of text, in which none is null
   */
  public static JavaRDD<Row> where(Dataset<Row> query, String column, RowChoice choice) {
    StructType schema = query.schema();
    int ordinal = schema.fieldIndex(column);
    return internal(query)
        .filter(row -> choice.includes(row.getUTF8String(ordinal).toString()))
        .map(row -> row(row, schema));
  }

  /** Spark's own rows, each of which lives until the next is asked for. */
  private static JavaRDD<InternalRow> internal(Dataset<Row> query) {
    return query.queryExecution().toRdd().toJavaRDD();
  }

  private static Row row(InternalRow row, StructType schema) {
    StructField[] fields = schema.fields();
    Object[] cells = new Object[fields.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.isNullAt(i) ? null : cell(row, i, fields[i]);
    }
    return new GenericRowWithSchema(cells, schema);
  }

  private static Object cell(InternalRow row, int i, StructField field) {
    DataType type = field.dataType();
    if (type instanceof StringType) {
      return row.getUTF8String(i).toString();
    }
    if (type instanceof ArrayType array) {
      return array(row.getArray(i), array.elementType(), field.name());
    }
    if (type instanceof StructType struct) {
      return row(row.getStruct(i, struct.size()), struct);
    }
    if (type instanceof IntegerType) {
      return row.getInt(i);
    }
    if (type instanceof LongType) {
      return row.getLong(i);
    }
    if (type instanceof DoubleType) {
      return row.getDouble(i);
    }
    if (type instanceof BooleanType) {
      return row.getBoolean(i);
    }
    throw new IllegalArgumentException("no table has a column of type " + type);
  }

  private static Object array(ArrayData array, DataType type, String column) {
    requireNoNull(array, column);
    if (type instanceof FloatType) {
      return array.toFloatArray();
    }
    if (type instanceof IntegerType) {
      return array.toIntArray();
    }
    if (type instanceof LongType) {
      return array.toLongArray();
    }
    if (type instanceof StructType struct) {
      List<Row> rows = new ArrayList<>(array.numElements());
      for (int i = 0; i < array.numElements(); i++) {
        rows.add(row(array.getStruct(i, struct.size()), struct));
      }
      return rows;
    }
    throw new IllegalArgumentException("no table has a column of arrays of " + type);
  }

  /** What is copied as a whole would be zero where there is nothing. */
  private static void requireNoNull(ArrayData array, String column) {
    for (int i = 0; i < array.numElements(); i++) {
      if (array.isNullAt(i)) {
        throw GradzooException.data(
            Fault.of("read tables")
                .at("column " + column)
                .expected("a number at each place of an array")
                .found("none at " + i)
                .fix("make the zoo's tables again"));
      }
    }
  }
}

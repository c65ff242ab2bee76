package io.gradzoo.jobs.published;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark data source of a small CNN zoo's files, read where they lie: {@code
 * spark.read().format("gradzoo-smallcnn").load(folder)}. Columns are those of the members table
 * that the files say themselves, as they say them. Weights are read only if they are asked for.
 */
public final class SmallCnnSource implements TableProvider, DataSourceRegister {
  static final StructType COLUMNS =
      StructType.fromDDL(
          "member_id STRING, run_id STRING, epoch INT, architecture STRING,"
              + " parameters ARRAY<FLOAT>, train_loss DOUBLE, train_accuracy DOUBLE,"
              + " test_loss DOUBLE, test_accuracy DOUBLE");

  @Override
  public String shortName() {
    return "gradzoo-smallcnn";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return COLUMNS;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    String folder = new CaseInsensitiveStringMap(properties).get("path");
    if (folder == null) {
      throw GradzooException.usage(
          Fault.of("format gradzoo-smallcnn")
              .expected("one folder, as in load(folder)")
              .found("none, or several"));
    }
    return new ZooFiles(folder);
  }

  /** The files as a table. */
  private record ZooFiles(String folder) implements SupportsRead {
    @Override
    public String name() {
      return folder;
    }

    @Override
    @SuppressWarnings("deprecation") // what replaces it is made of it
    public StructType schema() {
      return COLUMNS;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return new SmallCnnScan(folder);
    }
  }
}

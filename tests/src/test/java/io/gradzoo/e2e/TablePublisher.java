package io.gradzoo.e2e;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A program that publishes one table again and again, and prints which of its versions it was told
 * to be published: {@code WAREHOUSE NAME TIMES}.
 */
public final class TablePublisher {
  static final String ZOO = "shared";
  static final String PUBLISHED = "published ";
  static final String REFUSED = "refused ";

  private TablePublisher() {}

  /** As said above; ends with an exception if a version is refused for another reason. */
  public static void main(String[] arguments) {
    SparkSession session = Sessions.open("publisher");
    int times = Integer.parseInt(arguments[2]);
    for (int i = 0; i < times; i++) {
      String version = arguments[1] + i;
      TableStore store = TableStores.iceberg(session, arguments[0]);
      try {
        store.begin(ProbeSetsTable.SCHEMA.in(ZOO));
        store.write(ZOO, ProbeSetsTable.SCHEMA, row(store), TableProperties.of(version));
        System.out.println(PUBLISHED + version);
      } catch (GradzooException e) {
        if (!e.getMessage().contains("another command published it meanwhile")) {
          throw e;
        }
        System.out.println(REFUSED + version);
      }
    }
    session.stop();
  }

  private static Dataset<Row> row(TableStore store) {
    List<String> cells =
        Arrays.stream(ProbeSetsTable.SCHEMA.columns().fields())
            .map(field -> "CAST(NULL AS %s) AS %s".formatted(field.dataType().sql(), field.name()))
            .toList();
    return store.session().range(1).selectExpr(cells.toArray(String[]::new));
  }
}

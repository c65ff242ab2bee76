package io.gradzoo.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableContentHashTest {
  private final SparkSession session = SharedSession.get();

  @TempDir Path folder;

  @Test
  void orderFilesColumnOrderAndStoreDoNotCount() {
    Dataset<Row> rows = SampleRows.members(session, 20, 1);
    TableStore iceberg = TableStores.iceberg(session, folder.resolve("w").toString());
    TableStore plain = TableStores.plainParquet(session, folder.resolve("p").toString());
    TableStoreTest.write(iceberg, 20, 1);
    TableStoreTest.write(plain, 20, 1);
    Dataset<Row> turned = rows.select("code_version", columnsBut(rows, "code_version"));

    assertThat(
            List.of(
                TableContentHash.of(rows.repartition(5)),
                TableContentHash.of(turned),
                TableContentHash.of(iceberg.read("digits", MembersTable.SCHEMA)),
                TableContentHash.of(plain.read("digits", MembersTable.SCHEMA))))
        .containsOnly(TableContentHash.of(rows));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters = transform(parameters, (x, i) -> if(i = 7, cast(x + 1e-6 as float), x))",
        "epoch = if(run_id = 'r000003', 19, epoch)",
        "reason = ifnull(reason, '')",
        "test_loss = if(run_id = 'r000003', -test_loss, test_loss)",
        "hyperparameters = named_struct('activation', 'tanh')",
        "epoch = cast(epoch as bigint)",
      })
  void everyValueCounts(String change) {
    Dataset<Row> rows = SampleRows.members(session, 20, 1);
    String column = change.substring(0, change.indexOf(' '));
    String expression = change.substring(change.indexOf('=') + 2);

    Dataset<Row> changed = rows.withColumn(column, functions.expr(expression));

    assertThat(TableContentHash.of(changed)).isNotEqualTo(TableContentHash.of(rows));
  }

  @Test
  void aRowThatStandsTwiceCountsTwice() {
    Dataset<Row> rows = SampleRows.members(session, 20, 1);

    assertThat(TableContentHash.of(rows.union(rows))).isNotEqualTo(TableContentHash.of(rows));
    assertThat(TableContentHash.of(rows.limit(0))).isNotEqualTo(TableContentHash.of(rows));
  }

  private static String[] columnsBut(Dataset<Row> rows, String left) {
    return List.of(rows.columns()).stream().filter(c -> !c.equals(left)).toArray(String[]::new);
  }
}

package io.gradzoo.benchmark;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.GaussianNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.session.Sessions;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.MembersTable.RunColumns;
import io.gradzoo.jobs.table.MembersTable.Scores;
import io.gradzoo.jobs.table.PrimitiveRows;
import io.gradzoo.jobs.table.StoredWeights;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.Seq;

/**
 * What it costs to read weights, in one task: Spark's own read, and then the decoding of its rows
 * into arrays, with and without the checks of {@link StoredWeights} (finite, of the stored hash),
 * each as the difference from Spark's own.
 *
 * <p>{@code ReadBenchmark MEMBERS PARAMETERS [TIMES]}; seconds, medians after two warm-ups.
 */
public final class ReadBenchmark {
  private static final String ZOO = "bench";

  private ReadBenchmark() {}

  /** A way to read. */
  private interface Way {
    long numbers(Dataset<Row> members);
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    int members = Integer.parseInt(arguments[0]);
    int parameters = Integer.parseInt(arguments[1]);
    int times = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    SparkSession session = Sessions.open("reads");
    Path folder = Files.createTempDirectory("reads");
    TableStore store = TableStores.plainParquet(session, folder.toString());
    store.write(
        ZOO, MembersTable.SCHEMA, rows(session, members, parameters), TableProperties.of("bench"));
    Dataset<Row> query =
        store
            .read(ZOO, MembersTable.SCHEMA)
            .select(
                MembersTable.MEMBER_ID,
                MembersTable.RUN_ID,
                MembersTable.ARCHITECTURE,
                MembersTable.PARAMETERS,
                MembersTable.PARAMETERS_SHA256,
                MembersTable.TEST_ACCURACY)
            .coalesce(1);
    long numbers = (long) members * parameters;
    double own = seconds(times, numbers, query, ReadBenchmark::own);
    System.out.printf(Locale.ROOT, "%d members of %d weights%n", members, parameters);
    System.out.printf(Locale.ROOT, "Spark's own read: %.3f s%n", own);
    print("arrays", numbers, seconds(times, numbers, query, ReadBenchmark::arrays) - own);
    print("checked weights", numbers, seconds(times, numbers, query, ReadBenchmark::checked) - own);
    print(
        "numbers one by one", numbers, seconds(times, numbers, query, ReadBenchmark::boxed) - own);
    session.stop();
  }

  private static long own(Dataset<Row> query) {
    int at = query.schema().fieldIndex(MembersTable.PARAMETERS);
    return query
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(row -> (long) row.getArray(at).numElements())
        .fold(0L, Long::sum);
  }

  private static long arrays(Dataset<Row> query) {
    return PrimitiveRows.of(query)
        .map(row -> (long) row.<float[]>getAs(MembersTable.PARAMETERS).length)
        .fold(0L, Long::sum);
  }

  private static long checked(Dataset<Row> query) {
    return PrimitiveRows.of(query)
        .map(row -> (long) StoredWeights.of(row).length)
        .fold(0L, Long::sum);
  }

  /** As Spark's rows for users have them. */
  private static long boxed(Dataset<Row> query) {
    return query
        .javaRDD()
        .map(
            row -> {
              Seq<Float> numbers = row.getAs(MembersTable.PARAMETERS);
              float[] floats = new float[numbers.size()];
              for (int i = 0; i < floats.length; i++) {
                floats[i] = numbers.apply(i);
              }
              return (long) floats.length;
            })
        .fold(0L, Long::sum);
  }

  private static double seconds(int times, long numbers, Dataset<Row> query, Way way) {
    double[] seconds = new double[times];
    for (int i = -2; i < times; i++) {
      long start = System.nanoTime();
      long found = way.numbers(query);
      if (found != numbers) {
        throw new IllegalStateException(found + " numbers in place of " + numbers);
      }
      seconds[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-9;
    }
    Arrays.sort(seconds);
    return seconds[times / 2];
  }

  private static void print(String what, long numbers, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.3f s more, %.0f MB/s%n",
        what,
        seconds,
        numbers * Float.BYTES / seconds * 1e-6);
  }

  /** Members of an architecture with as many parameters: inputs less one, and one output. */
  private static Dataset<Row> rows(SparkSession session, int members, int parameters) {
    String text = LayeredArchitecture.mlp(Activation.RELU, parameters - 1, 1).id();
    Origin origin = new Origin("bench", "bench");
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .parallelize(IntStream.range(0, members).boxed().toList(), 8)
            .map(
                i -> {
                  LayeredArchitecture architecture = LayeredArchitecture.parse(text);
                  Hyperparameters none =
                      new Hyperparameters(
                          "relu", null, null, null, null, null, null, null, null, 0L);
                  float[] weights = GaussianNetwork.parameters(architecture, i);
                  RunColumns run = RunColumns.of("r" + i, architecture, "mlp", none, 1);
                  Scores scores = new Scores(0.5, 0.5, 0.5, 0.5);
                  return MemberRow.healthy("m" + i, 0, run, weights, scores, origin).toRow();
                });
    return session.createDataFrame(rows, MembersTable.SCHEMA.columns());
  }
}

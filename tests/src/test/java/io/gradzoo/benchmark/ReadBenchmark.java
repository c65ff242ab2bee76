package io.gradzoo.benchmark;

import com.sun.management.OperatingSystemMXBean;
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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
 * <p>{@code ReadBenchmark MEMBERS PARAMETERS [TIMES]}; CPU seconds of the process, which other
 * processes change little: medians over turns in which every way reads once, after warm-up turns.
 */
public final class ReadBenchmark {
  private static final String ZOO = "bench";
  private static final String OWN = "Spark's own read";
  private static final int WARM_UP = 8;
  private static final OperatingSystemMXBean CPU =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

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
    Map<String, double[]> seconds = inTurns(times, numbers, query);
    double own = median(seconds.remove(OWN));
    System.out.printf(Locale.ROOT, "%d members of %d weights%n", members, parameters);
    System.out.printf(Locale.ROOT, "%s: %.3f s%n", OWN, own);
    seconds.forEach((way, each) -> print(way, numbers, median(each) - own));
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

  /** The CPU seconds of every way, in each turn after the warm-up. */
  private static Map<String, double[]> inTurns(int times, long numbers, Dataset<Row> query) {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put(OWN, ReadBenchmark::own);
    ways.put("arrays", ReadBenchmark::arrays);
    ways.put("checked weights", ReadBenchmark::checked);
    ways.put("numbers one by one", ReadBenchmark::boxed);
    Map<String, double[]> seconds = new LinkedHashMap<>();
    ways.keySet().forEach(way -> seconds.put(way, new double[times]));
    for (int turn = -WARM_UP; turn < times; turn++) {
      int at = Math.max(turn, 0);
      ways.forEach(
          (name, way) -> {
            long start = CPU.getProcessCpuTime();
            long found = way.numbers(query);
            seconds.get(name)[at] = (CPU.getProcessCpuTime() - start) * 1e-9;
            if (found != numbers) {
              throw new IllegalStateException(found + " numbers in place of " + numbers);
            }
          });
    }
    return seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
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

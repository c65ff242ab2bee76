package io.gradzoo.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in what the user set of Spark's are found before Spark starts. */
class SparkSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[1]",
        "local[*]",
        "local[2,3]",
        "local[*, 4]",
        "local-cluster[2,1,1024]",
        "spark://host:7077",
        "spark://a:7077,b:7077",
        "k8s://https://host:6443",
        "yarn"
      })
  void mastersThatSparkKnowsAreTaken(String master) {
    assertThatCode(() -> SparkSettings.check(conf(master))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local[0]",
        "local[abc]",
        "local[]",
        "local[-1]",
        "local[2",
        "local[2,0]",
        "locl[2]",
        "local[99999999999]",
        "local-cluster[0,1,1024]",
        "local-cluster[2,1]",
        "spark://",
        "spark://host",
        "spark://host:port",
        "spark:host:1",
        "yarn-client",
        "mesos",
        "k8s://",
        " "
      })
  void othersAreRefusedInOneLine(String master) {
    GradzooException e = refusal(conf(master));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e.problems()).singleElement().asString().contains("--master", "\"" + master + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.driver.maxResultSize, -5x",
    "spark.task.maxFailures, abc",
    "spark.network.timeout, soon",
    "spark.sql.shuffle.partitions, many",
    "spark.sql.shuffle.partitions, 0",
    "spark.memory.fraction, x",
    "spark.ui.enabled, perhaps",
    "spark.ui.port, http",
    "spark.executor.memory, 1zb",
    "spark.authenticate, maybe",
    "spark.speculation.interval, -"
  })
  void valuesThatSparkCannotReadAreRefusedWithTheirKey(String key, String value) {
    GradzooException e = refusal(conf("local").set(key, value));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e.problems())
        .singleElement()
        .asString()
        .contains("--conf: " + key + ": expected ", "found \"" + value + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local-cluster[2,1,512]", "local-cluster[1,1,1023]"})
  void workersTooSmallForAnExecutorAreRefused(String master) {
    assertThat(refusal(conf(master)).problems()).singleElement().asString().contains("1024 MiB");
  }

  private static GradzooException refusal(SparkConf conf) {
    return catchThrowableOfType(GradzooException.class, () -> SparkSettings.check(conf));
  }

  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }
}

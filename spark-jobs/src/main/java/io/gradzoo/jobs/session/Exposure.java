package io.gradzoo.jobs.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;

/**
 * Who can reach Spark. On a master of this machine, {@code local…}, nobody else can: sockets are
 * bound to the loopback address and ask for a secret made for the run, and there is no web page.
 * Settings of the user stay in force, and {@link #warnings} says what they open up.
 */
final class Exposure {
  /** Environment variable with the address that Spark binds to; its web pages know no other. */
  static final String ADDRESS = "SPARK_LOCAL_IP";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String MASTER = "spark.master";
  private static final String HOST = "spark.driver.host";
  private static final String BIND = "spark.driver.bindAddress";
  private static final String PAGE = "spark.ui.enabled";
  private static final String AUTHENTICATE = "spark.authenticate";
  private static final String SECRET = "spark.authenticate.secret";
  private static final int SECRET_BYTES = 32;

  private Exposure() {}

  /** Sets what the user did not set, if the master is on this machine. */
  static void shut(SparkConf conf, Map<String, String> environment) {
    if (!onThisMachine(conf)) {
      takeSecret(conf, environment);
      return;
    }
    conf.setIfMissing(PAGE, "false");
    conf.setIfMissing("spark.ui.killEnabled", "false");
    if (!conf.contains(HOST) && !conf.contains(BIND) && isLoopback(address(environment))) {
      conf.set(HOST, LOOPBACK).set(BIND, LOOPBACK);
    }
    conf.setIfMissing(AUTHENTICATE, "true");
    if (authenticates(conf) && !conf.contains(SECRET + ".file")) {
      conf.setIfMissing(SECRET, secret());
    }
  }

  /**
   * A driver that a standalone worker started has the cluster's secret in its environment alone,
   * and Spark 3.5 asks its settings for it.
   */
  private static void takeSecret(SparkConf conf, Map<String, String> environment) {
    String secret = environment.get(SecurityManager.ENV_AUTH_SECRET());
    if (secret != null && authenticates(conf)) {
      conf.setIfMissing(SECRET, secret);
    }
  }

  /** What others can reach, a line each. */
  static List<String> warnings(SparkConf conf, Map<String, String> environment) {
    List<String> lines = new ArrayList<>();
    if (onThisMachine(conf)) {
      String bind = conf.get(BIND, conf.get(HOST, address(environment)));
      if (!isLoopback(bind)) {
        lines.add(
            "spark: listens on %s, which others may reach%s: leave out %s, %s and %s to shut it"
                .formatted(bind, password(conf), BIND, HOST, ADDRESS));
      }
      if (hasPages(conf) && !isLoopback(environment.getOrDefault(ADDRESS, "0.0.0.0"))) {
        lines.add(
            "spark: its web page listens on %s, which others may reach: set %s=%s to shut it"
                .formatted(environment.getOrDefault(ADDRESS, "every address"), ADDRESS, LOOPBACK));
      }
    } else if (conf.get(MASTER).startsWith("spark:") && !authenticates(conf)) {
      lines.add(
          "spark: %s asks for no password, so whoever reaches it runs programs there:"
                  .formatted(conf.get(MASTER))
              + " set spark.authenticate (docs/cluster.md)");
    }
    return lines;
  }

  private static String password(SparkConf conf) {
    return authenticates(conf) ? "" : " without a password";
  }

  private static boolean authenticates(SparkConf conf) {
    return conf.getBoolean(AUTHENTICATE, false);
  }

  /** Of the application, or of the masters and workers of a cluster within this machine. */
  private static boolean hasPages(SparkConf conf) {
    return conf.getBoolean(PAGE, true) || conf.get(MASTER).startsWith("local-cluster[");
  }

  static boolean onThisMachine(SparkConf conf) {
    return conf.get(MASTER).matches("local(-cluster)?(\\[.*)?");
  }

  private static String address(Map<String, String> environment) {
    return environment.getOrDefault(
        ADDRESS, environment.getOrDefault("SPARK_LOCAL_HOSTNAME", LOOPBACK));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.SparkSettings;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.deploy.SparkSubmit;

/**
 * What the launcher starts: checks what Spark is to know, then hands everything to spark-submit.
 *
 * <p>With {@value #CHECK} in front it only checks, for a distribution's own spark-submit.
 */
public final class Submit {
  private static final String CHECK = "--check";
  private static final String CONF = "--conf";

  private Submit() {}

  /** Arguments as spark-submit takes them. */
  public static void main(String[] arguments) {
    boolean debug = Arrays.asList(arguments).contains(Main.DEBUG);
    Terminal terminal = debug ? Terminal.share() : Terminal.take();
    try {
      int program = check(Arrays.asList(arguments)) + 1;
      if (program < arguments.length) {
        String[] own = Arrays.copyOfRange(arguments, program, arguments.length);
        Terminal.nextTime(Main.goesOn(own) ? Terminal.GOES_ON : Terminal.STARTS_AGAIN);
      }
      if (arguments[0].equals(CHECK)) {
        terminal.finished(0);
      } else {
        submit(arguments);
      }
    } catch (Throwable e) { // whatever it is, it is reported and gives an exit code
      ErrorReport errors = new ErrorReport(Main.writer(terminal.err()), debug, terminal.log());
      Main.end(terminal.finished(errors.failure(e)));
    }
  }

  /**
   * Checks what Spark is to know; returns the place of the jar, after which the program's stand.
   */
  private static int check(List<String> arguments) {
    SparkConf conf = new SparkConf(false);
    int i = 0;
    for (; i + 1 < arguments.size(); i++) {
      String value = arguments.get(i + 1);
      if (arguments.get(i).equals("--master")) {
        conf.set("spark.master", value);
        i++;
      } else if (arguments.get(i).equals(CONF)) {
        set(conf, value);
        i++;
      } else if (!arguments.get(i).startsWith("--")) {
        break;
      } else if (!arguments.get(i).equals(CHECK)) {
        i++;
      }
    }
    SparkSettings.check(conf);
    return i;
  }

  private static void set(SparkConf conf, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1 || !assignment.startsWith("spark.")) {
      throw GradzooException.usage(
          Fault.of(CONF)
              .expected("key=value with a key that begins with spark.")
              .found("\"%s\"", assignment)
              .fix("gradzoo's own keys are set by --set"));
    }
    conf.set(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private static void submit(String[] arguments) {
    try {
      SparkSubmit.main(arguments);
    } catch (IllegalArgumentException e) {
      throw refused(e);
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      if (e instanceof SparkException) {
        throw refused(e);
      }
      throw e;
    }
  }

  private static GradzooException refused(Exception reason) {
    return GradzooException.usage(
        Fault.of("spark").because(reason).fix("correct --master, --conf or spark-defaults.conf"));
  }
}

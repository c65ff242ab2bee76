package io.gradzoo.jobs.session;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** The description of a job in the Spark UI. */
public final class JobDescription {
  private static final String KEY = "spark.job.description";

  private JobDescription() {}

  /** Runs the work with its Spark jobs described by the text. */
  public static void during(SparkSession session, String text, Runnable work) {
    during(
        session,
        text,
        () -> {
          work.run();
          return null;
        });
  }

  /** Runs the work with its Spark jobs described by the text, and returns its result. */
  public static <T> T during(SparkSession session, String text, Supplier<T> work) {
    SparkContext context = session.sparkContext();
    String before = context.getLocalProperty(KEY);
    context.setJobDescription(text);
    try {
      return work.get();
    } finally {
      context.setJobDescription(before);
    }
  }
}

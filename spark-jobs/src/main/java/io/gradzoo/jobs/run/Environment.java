package io.gradzoo.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.jobs.code.Build;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/** Where a training ran: {@link RunDirectory#ENVIRONMENT}, which is not reproducible. */
public final class Environment {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Environment() {}

  /** Of this process, as JSON. */
  public static byte[] of(SparkSession session) {
    ObjectNode root = JSON.createObjectNode();
    root.put("gradzoo", Build.current().toString());
    root.put("java", Runtime.version().toString());
    root.put("java_vendor", System.getProperty("java.vendor"));
    root.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    root.put("architecture", System.getProperty("os.arch"));
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("most_memory_bytes", Runtime.getRuntime().maxMemory());
    root.put("kernels", CpuKernels.best().name());
    root.put("spark", session.version());
    root.put("master", session.sparkContext().master());
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.gradzoo.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What a benchmark of sample gradients found.
 *
 * @param kernels name of the kernels
 * @param architecture of the networks
 * @param sets taken by all threads
 * @param seconds that they took
 * @param cpuSeconds of all threads together
 * @param gflopPerSample 1e9 operations of matrix products for one sample, counted
 * @param sgemmPeak 1e9 operations a second that products alone reach on the same threads, in turns
 *     with the sets
 * @param allocatedBytes on the heap, by all threads
 */
public record GradientBenchResult(
    String kernels,
    String architecture,
    long sets,
    double seconds,
    double cpuSeconds,
    double gflopPerSample,
    double sgemmPeak,
    long allocatedBytes) {

  /** Samples taken in a second. */
  public double samplesPerSecond(BenchSettings settings) {
    return sets * settings.batch() / seconds;
  }

  /** One line of JSON. */
  public String json(GradientWorkload workload, BenchSettings settings) {
    double samplesPerSecond = samplesPerSecond(settings);
    double gflops = samplesPerSecond * gflopPerSample;
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "gradients");
    line.put("workload", workload.toString());
    line.put("samples_per_set", settings.batch());
    line.put("threads", settings.threads());
    line.put("samples_per_second", rounded(samplesPerSecond));
    line.put("samples_per_cpu_second", rounded(sets * settings.batch() / cpuSeconds));
    line.put("gflop_per_sample", rounded(gflopPerSample));
    line.put("gflops", rounded(gflops));
    line.put("sgemm_peak_gflops", rounded(sgemmPeak));
    line.put("fraction_of_peak", rounded(gflops / sgemmPeak));
    line.put("allocated_bytes_per_set", allocatedBytes / sets);
    line.put("sets", sets);
    line.put("seconds", rounded(seconds));
    line.put("architecture", architecture);
    line.put("kernels", kernels);
    line.put("java", System.getProperty("java.version"));
    return line.toString();
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}

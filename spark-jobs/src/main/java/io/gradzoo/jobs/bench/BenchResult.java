package io.gradzoo.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark found.
 *
 * @param kernels name of the kernels
 * @param architectures of the networks, in turn
 * @param parameters count of learned numbers
 * @param steps measured
 * @param seconds that they took
 * @param gflopPerExample 1e9 operations of matrix products for one network or set, counted
 * @param sgemmPeak 1e9 operations a second that products alone reach on the same threads, in turns
 *     with the steps
 * @param allocatedBytesPerStep on the heap, by the last step
 * @param loss of the last step; 0 for forward passes
 */
public record BenchResult(
    String kernels,
    List<String> architectures,
    int parameters,
    long steps,
    double seconds,
    double gflopPerExample,
    double sgemmPeak,
    long allocatedBytesPerStep,
    double loss) {

  /** Networks or sets run in a second. */
  public double examplesPerSecond(BenchSettings settings) {
    return steps * settings.batch() / seconds;
  }

  /**
   * One line of JSON.
   *
   * @param subject what was run
   * @param preset for the record; none if empty
   */
  public String json(BenchSubject subject, String preset, BenchSettings settings) {
    double rate = examplesPerSecond(settings);
    double gflops = rate * gflopPerExample;
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", subject.name());
    if (!preset.isEmpty()) {
      line.put("preset", preset);
    }
    line.put("work", settings.work().name().toLowerCase(Locale.ROOT));
    line.put("batch", settings.batch());
    line.put("threads", settings.threads());
    line.put(subject.unit() + "s_per_second", rounded(rate));
    line.put("gflop_per_" + subject.unit(), rounded(gflopPerExample));
    line.put("gflops", rounded(gflops));
    line.put("sgemm_peak_gflops", rounded(sgemmPeak));
    line.put("fraction_of_peak", rounded(gflops / sgemmPeak));
    line.put("allocated_bytes_per_step", allocatedBytesPerStep);
    line.put("steps", steps);
    line.put("seconds", rounded(seconds));
    line.put("loss", rounded(loss));
    line.put("parameters", parameters);
    line.put("architectures", String.join(" ", architectures));
    line.put("kernels", kernels);
    line.put("java", System.getProperty("java.version"));
    return line.toString();
  }

  /** Four significant digits and more than enough. */
  static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}

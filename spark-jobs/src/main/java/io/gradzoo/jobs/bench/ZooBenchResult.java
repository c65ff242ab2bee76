package io.gradzoo.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What a benchmark of training members found.
 *
 * @param workload that was measured
 * @param kernels name of the kernels
 * @param images that all threads trained on
 * @param seconds that they took
 * @param gflopPerImage 1e9 operations of matrix products for one image, counted
 * @param sgemmPeak 1e9 operations a second that products alone reach on the same threads, in turns
 *     with the training
 */
public record ZooBenchResult(
    ZooWorkload workload,
    String kernels,
    long images,
    double seconds,
    double gflopPerImage,
    double sgemmPeak) {

  /** Images that all threads together train on in a second. */
  public double imagesPerSecond() {
    return images / seconds;
  }

  /** One line of JSON. */
  public String json(BenchSettings settings) {
    double gflops = imagesPerSecond() * gflopPerImage;
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "zoo");
    line.put("workload", workload.toString());
    line.put("samples_per_step", settings.batch());
    line.put("threads", settings.threads());
    line.put("images_per_second", rounded(imagesPerSecond()));
    line.put("images_per_second_per_thread", rounded(imagesPerSecond() / settings.threads()));
    line.put("gflop_per_image", rounded(gflopPerImage));
    line.put("gflops", rounded(gflops));
    line.put("sgemm_peak_gflops", rounded(sgemmPeak));
    line.put("fraction_of_peak", rounded(gflops / sgemmPeak));
    line.put("images", images);
    line.put("seconds", rounded(seconds));
    line.put("architecture", workload.architecture().id());
    line.put("kernels", kernels);
    line.put("java", System.getProperty("java.version"));
    return line.toString();
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}

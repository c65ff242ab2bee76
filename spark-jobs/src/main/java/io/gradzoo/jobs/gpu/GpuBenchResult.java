package io.gradzoo.jobs.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.jobs.device.DeviceSettings;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a device did with batches of one size.
 *
 * @param settings of the device
 * @param name of the device
 * @param rates that the device reaches, measured before
 * @param subject that was trained, or whose gradients were taken
 * @param unit what an example is
 * @param batch as the command has it
 * @param units of a step: its examples
 * @param steps measured
 * @param seconds that they took
 * @param operationsOfStep of matrix products
 * @param bytesOfStep that move, estimated
 * @param memory bytes that the device was asked for
 * @param kernels seconds of a step that each kernel takes alone
 */
public record GpuBenchResult(
    DeviceSettings settings,
    String name,
    DeviceRates rates,
    String subject,
    String unit,
    int batch,
    int units,
    int steps,
    double seconds,
    double operationsOfStep,
    double bytesOfStep,
    long memory,
    Map<String, Double> kernels) {
  private static final int MOST_NAMED = 4;

  public GpuBenchResult {
    kernels = Collections.unmodifiableSortedMap(new TreeMap<>(kernels));
  }

  /** Examples a second. */
  public double rate() {
    return (double) steps * units / seconds;
  }

  private double operationsPerSecond() {
    return operationsOfStep * steps / seconds;
  }

  private double bytesPerSecond() {
    return bytesOfStep * steps / seconds;
  }

  /** Seconds of a step that kernels take when they run one by one. */
  private double inKernels() {
    return kernels.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What the device reaches at most, above the rows. */
  public String header() {
    return String.format(
        Locale.ROOT,
        "device: %s; copies %.1f GB/s, read and written; products %.1f GFLOP/s",
        name,
        1e-9 * rates.copied(),
        1e-9 * rates.products());
  }

  /** A line of a table. */
  public String row() {
    String largest =
        kernels.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_NAMED)
            .map(e -> String.format(Locale.ROOT, "%s %.0f %%", e.getKey(), share(e.getValue())))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%-32s %6d  %10.0f %ss/s  %5.1f %% of products  %5.1f %% of copies  %7.3f ms a step  %s",
        subject,
        batch,
        rate(),
        unit,
        100 * operationsPerSecond() / rates.products(),
        100 * bytesPerSecond() / rates.copied(),
        1e3 * seconds / steps,
        largest);
  }

  private double share(double ofKernel) {
    return 100 * ofKernel / inKernels();
  }

  /** One line of JSON. */
  public String json() {
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "gpu");
    line.put("device", settings.choice().name().toLowerCase(Locale.ROOT));
    line.put("name", name);
    line.put("products", settings.products().name().toLowerCase(Locale.ROOT));
    line.put("subject", subject);
    line.put("batch", batch);
    line.put(unit + "s_of_step", units);
    line.put(unit + "s_per_second", rounded(rate()));
    line.put("steps", steps);
    line.put("seconds", rounded(seconds));
    line.put("memory_bytes", memory);
    line.put("copy_bytes_per_second", rounded(rates.copied()));
    line.put("product_operations_per_second", rounded(rates.products()));
    line.put("operations_of_step", rounded(operationsOfStep));
    line.put("fraction_of_products", rounded(operationsPerSecond() / rates.products()));
    line.put("estimated_bytes_of_step", rounded(bytesOfStep));
    line.put("estimated_fraction_of_copies", rounded(bytesPerSecond() / rates.copied()));
    line.put("seconds_in_kernels_of_step", rounded(inKernels()));
    ObjectNode times = line.putObject("seconds_of_step_by_kernel");
    kernels.forEach((kernel, took) -> times.put(kernel, rounded(took)));
    return line.toString();
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}

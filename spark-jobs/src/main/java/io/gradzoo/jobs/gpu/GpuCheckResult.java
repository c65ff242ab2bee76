package io.gradzoo.jobs.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.golden.GoldenDistance;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How far a device is from the CPU, and from values of other programs.
 *
 * @param settings of the device
 * @param name of the device
 * @param memory bytes of the largest of the trainings
 * @param checked operations, gradient sets and trainings, compared with the CPU
 * @param golden metanetworks, compared with stored values
 */
public record GpuCheckResult(
    DeviceSettings settings, String name, long memory, List<Checked> checked, List<Golden> golden) {
  /** Rounding, of sums of a few hundred numbers and their derivatives. */
  private static final double BOUND = 1e-4;

  private static final double BOUND_OF_OUTPUTS = 2e-5;

  /** TF32 keeps 10 bits of mantissa. */
  private static final double BOUND_OF_TF32 = 1e-2;

  public GpuCheckResult {
    checked = List.copyOf(checked);
    golden = List.copyOf(golden);
  }

  /**
   * One comparison.
   *
   * @param what was compared
   * @param difference the largest, relative to the largest number of the same array or, of losses,
   *     to the first
   * @param sameBits whether two runs gave the same bits
   */
  public record Checked(String what, double difference, boolean sameBits) {
    boolean passed(double bound) {
      return difference <= bound && sameBits;
    }
  }

  /**
   * A metanetwork on stored networks, with products in float32 whatever others are: by TF32 alone
   * gradients of some of them move by a tenth.
   *
   * @param what was compared
   * @param distance from the stored values
   * @param sameBits whether two runs were equally far
   */
  public record Golden(String what, GoldenDistance distance, boolean sameBits) {
    boolean passed() {
      return distance.outputs() <= BOUND_OF_OUTPUTS && distance.gradients() <= BOUND && sameBits;
    }
  }

  /** The largest difference from the CPU that is let pass. */
  public double bound() {
    boolean rounds =
        settings.choice() != DeviceChoice.EMULATED && settings.products() == ProductPrecision.TF32;
    return rounds ? BOUND_OF_TF32 : BOUND;
  }

  /** Whether all agree. */
  public boolean passed() {
    return failed() == 0;
  }

  private long failed() {
    return checked.stream().filter(each -> !each.passed(bound())).count()
        + golden.stream().filter(each -> !each.passed()).count();
  }

  /** A line for each comparison. */
  public String table() {
    StringBuilder table = new StringBuilder();
    boolean emulated = settings.choice() == DeviceChoice.EMULATED;
    table.append(
        "device: %s%s; largest training: %d KiB%n"
            .formatted(
                name, emulated ? ", its kernels on the CPU (no GPU is used)" : "", memory >> 10));
    table.append("%-32s %-12s %s%n".formatted("compared with the CPU", "difference", "same bits"));
    for (Checked each : checked) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-32s %-12.2e %s%n",
              each.what(),
              each.difference(),
              verdict(each.sameBits(), each.passed(bound()))));
    }
    table.append(
        "%-32s %-12s %-12s %s%n"
            .formatted("compared with stored values", "outputs", "gradients", "same bits"));
    for (Golden each : golden) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-32s %-12.2e %-12.2e %s%n",
              each.what(),
              each.distance().outputs(),
              each.distance().gradients(),
              verdict(each.sameBits(), each.passed())));
    }
    return table.toString();
  }

  private static String verdict(boolean sameBits, boolean passed) {
    return (sameBits ? "yes" : "no") + (passed ? "" : "  FAILED");
  }

  /** All of it in one line of JSON. */
  public String json() {
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("check", "gpu");
    line.put("device", settings.choice().name().toLowerCase(Locale.ROOT));
    line.put("name", name);
    line.put("memory_bytes", memory);
    line.put("products", settings.products().name().toLowerCase(Locale.ROOT));
    line.put("compared", checked.size());
    line.put("golden", golden.size());
    line.put("failed", failed());
    line.put("bound", bound());
    line.put("largest_difference", largest(checked.stream().map(Checked::difference)));
    line.put("largest_of_outputs", largest(distances().map(GoldenDistance::outputs)));
    line.put("largest_of_gradients", largest(distances().map(GoldenDistance::gradients)));
    line.put("same_bits", sameBits());
    line.put("passed", passed());
    return line.toString();
  }

  private Stream<GoldenDistance> distances() {
    return golden.stream().map(Golden::distance);
  }

  private boolean sameBits() {
    return checked.stream().allMatch(Checked::sameBits)
        && golden.stream().allMatch(Golden::sameBits);
  }

  private static double largest(Stream<Double> differences) {
    return differences.mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }
}

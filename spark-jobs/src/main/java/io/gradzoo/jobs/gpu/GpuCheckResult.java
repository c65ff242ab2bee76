package io.gradzoo.jobs.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import java.util.List;
import java.util.Locale;

/**
 * How far a device is from the CPU.
 *
 * @param settings of the device
 * @param name of the device
 * @param memory bytes of the largest of the trainings
 * @param checked operations and trainings
 */
public record GpuCheckResult(
    DeviceSettings settings, String name, long memory, List<Checked> checked) {
  /** Rounding, of sums of a few hundred numbers and their derivatives. */
  private static final double BOUND = 1e-4;

  /** TF32 keeps 10 bits of mantissa. */
  private static final double BOUND_OF_TF32 = 1e-2;

  public GpuCheckResult {
    checked = List.copyOf(checked);
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

  /** The largest difference that is let pass. */
  public double bound() {
    boolean rounds =
        settings.choice() != DeviceChoice.EMULATED && settings.products() == ProductPrecision.TF32;
    return rounds ? BOUND_OF_TF32 : BOUND;
  }

  /** Whether all agree. */
  public boolean passed() {
    return checked.stream().allMatch(each -> each.passed(bound()));
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
      String bits = each.sameBits() ? "yes" : "no";
      String verdict = each.passed(bound()) ? "" : "  FAILED";
      table.append(
          String.format(
              Locale.ROOT, "%-32s %-12.2e %s%s%n", each.what(), each.difference(), bits, verdict));
    }
    return table.toString();
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
    line.put("failed", checked.stream().filter(each -> !each.passed(bound())).count());
    line.put("bound", bound());
    line.put(
        "largest_difference",
        checked.stream().mapToDouble(Checked::difference).max().orElse(Double.NaN));
    line.put("same_bits", checked.stream().allMatch(Checked::sameBits));
    line.put("passed", passed());
    return line.toString();
  }
}

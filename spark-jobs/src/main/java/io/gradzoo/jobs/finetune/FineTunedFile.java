package io.gradzoo.jobs.finetune;

import io.gradzoo.datasets.network.NetworkFormat;
import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A file of a changed network.
 *
 * @param network file that it was made of
 * @param out file that was made
 * @param form what was read and written
 * @param operator identity of the model
 * @param before on the test images that the model's networks are measured on
 * @param after the pass, whether or not the network was kept as it was
 * @param length how far it went toward what the model made of it, in [0, 1]
 * @param worse whether the pass made it worse
 * @param changed false if it was kept as it was
 */
public record FineTunedFile(
    Path network,
    Path out,
    WrittenForm form,
    String operator,
    NetworkMeasures before,
    NetworkMeasures after,
    double length,
    boolean worse,
    boolean changed)
    implements JobResult {

  /**
   * How networks stand in the two files.
   *
   * @param read format that was read
   * @param written format that was written
   * @param tensors names in the file that was written, in the order of the layers
   * @param architecture its text, which no written format says
   */
  public record WrittenForm(
      NetworkFormat read, NetworkFormat written, List<String> tensors, String architecture) {
    public WrittenForm {
      tensors = List.copyOf(tensors);
    }
  }

  @Override
  public void print(PrintWriter text) {
    text.printf(
        "fine-tuned %s (%s) by operator %s: %s (%s)%n",
        network, form.read.id(), operator, out, form.written.id());
    text.printf(
        "%s holds tensors %s of %s, which is not in the file%n",
        form.written.id(), String.join(", ", form.tensors), form.architecture);
    MeasuredChange.print(before, after, text);
    if (length < 1) {
      text.printf(
          Locale.ROOT,
          "for the training images %.4g of the whole change is best%s%n",
          length,
          length == 0 ? ": it stayed as it was" : "");
    }
    if (worse) {
      text.printf("it became worse, and %s%n", changed ? "was changed" : "was kept as it was");
    }
  }
}

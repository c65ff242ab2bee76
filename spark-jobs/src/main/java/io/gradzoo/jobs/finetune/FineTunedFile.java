package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A file of a changed network.
 *
 * @param network file that it was made of
 * @param out file that was made
 * @param operator identity of the model
 * @param before on the test images that the model's networks are measured on
 * @param after the pass, whether or not the network was kept as it was
 * @param worse whether the pass made it worse
 * @param changed false if it was kept as it was
 */
public record FineTunedFile(
    Path network,
    Path out,
    String operator,
    NetworkMeasures before,
    NetworkMeasures after,
    boolean worse,
    boolean changed)
    implements JobResult {

  @Override
  public void print(PrintWriter text) {
    text.printf("fine-tuned %s by operator %s: %s%n", network, operator, out);
    MeasuredChange.print(before, after, text);
    if (worse) {
      text.printf("it became worse, and %s%n", changed ? "was changed" : "was kept as it was");
    }
  }
}

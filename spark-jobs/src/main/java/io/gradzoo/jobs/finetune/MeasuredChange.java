package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.editing.NetworkMeasures;
import java.io.PrintWriter;
import java.util.Locale;

/** A line of what a pass does to networks. */
final class MeasuredChange {
  private MeasuredChange() {}

  static void print(NetworkMeasures before, NetworkMeasures after, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "on test images: loss %.3f → %.3f, accuracy %.1f → %.1f %%, objective %.3f → %.3f,"
            + " ‖θ‖₁ %.1f → %.1f, small weights %.1f → %.1f %%%n",
        before.loss(),
        after.loss(),
        100 * before.accuracy(),
        100 * after.accuracy(),
        before.objective(),
        after.objective(),
        before.norm(),
        after.norm(),
        100 * before.small(),
        100 * after.small());
  }
}

package io.gradzoo.jobs.editing;

import java.io.Serializable;
import java.util.List;

/**
 * What a task that changes networks makes better: the cross-entropy on images, plus {@code l1}
 * times the sum of the absolute weights.
 *
 * @param imagesPerStep images that the networks of a step are shown
 * @param l1 weight of the sum, 0 for none
 * @param comparedMembers held-out members on which descent is run in comparison
 * @param comparedEpochs of descent, after which these are measured, rising
 */
public record Editing(
    int imagesPerStep, double l1, int comparedMembers, List<Integer> comparedEpochs)
    implements Serializable {
  public Editing {
    comparedEpochs = List.copyOf(comparedEpochs);
  }

  /** That nothing is compared with. */
  public Editing(int imagesPerStep, double l1) {
    this(imagesPerStep, l1, 0, List.of());
  }

  /** The objective in words. */
  public String objective() {
    return l1 == 0 ? "cross-entropy" : "cross-entropy + " + l1 + " · ‖θ‖₁";
  }
}

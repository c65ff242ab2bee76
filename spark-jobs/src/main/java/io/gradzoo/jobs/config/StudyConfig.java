package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;
import java.util.List;

/**
 * A study of how well models estimate curvature from how few networks.
 *
 * @param sizes training networks, increasing
 * @param seeds each a training of every model on a draw of networks of its own
 * @param validationMembers networks by which parameters are selected, at least 2
 */
public record StudyConfig(List<Integer> sizes, int seeds, int validationMembers) {
  static StudyConfig read(Section section) {
    StudyConfig study =
        new StudyConfig(
            section.increasingCounts("sizes", 1, 10_000_000),
            section.count("seeds", 1, 1_000),
            section.formerly("validation").count("validation-members", 2, 1_000_000));
    section.finish();
    return study;
  }
}

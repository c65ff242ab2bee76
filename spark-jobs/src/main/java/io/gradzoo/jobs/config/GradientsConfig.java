package io.gradzoo.jobs.config;

/**
 * What gradient sets are taken on.
 *
 * @param probeSamples images in the probe set, shared by all members
 * @param members whose gradient sets are computed
 * @param membersPerTask members a Spark task works through; how the work is cut, not what comes out
 */
public record GradientsConfig(int probeSamples, MemberSelection members, int membersPerTask) {
  static GradientsConfig read(Section section) {
    GradientsConfig gradients =
        new GradientsConfig(
            section.count("probe-samples", 1, 100_000),
            section.choice("members", MemberSelection.class),
            section.count("members-per-task", 1, 1_000_000));
    section.finish();
    return gradients;
  }
}

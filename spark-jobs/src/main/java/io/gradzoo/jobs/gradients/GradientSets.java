package io.gradzoo.jobs.gradients;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.config.GradientsConfig;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * The gradient sets of a zoo that were published.
 *
 * @param zoo its name
 * @param members that sets were taken of, those that were left out included
 * @param excluded members whose gradients float32 cannot hold
 * @param unservable what the config asks for such members
 */
public record GradientSets(
    String zoo, long members, int excluded, GradientsConfig.Unservable unservable)
    implements JobResult {
  @Override
  public void print(PrintWriter out) {
    if (unservable == GradientsConfig.Unservable.EXCLUDE) {
      out.printf(
          Locale.ROOT,
          "gradients compute: %,d of %,d members excluded, whose numbers float32 cannot hold%n",
          excluded,
          members);
    }
  }
}

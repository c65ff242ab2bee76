package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How well networks represent the images that they say they represent. One for each task. */
final class FitCheck {
  /** Decibels: sums are in another order elsewhere. */
  private static final double TOLERANCE = 0.01;

  /** Published networks of images to test on, whose ids begin anew. */
  private static final String OF_TEST_IMAGE = "mnist_png_testing_";

  private final RepresentedImages images;
  private final float[] points;
  private final Map<String, BatchedNetwork> networks = new HashMap<>();

  FitCheck(RepresentedImages images) {
    this.images = images;
    this.points = images.points();
  }

  /**
   * The image that a healthy member represents: that of its id, if the network reads places and the
   * image has the member's label.
   */
  OptionalInt image(MemberRow member) {
    String id = member.published().imageId();
    LayeredArchitecture network =
        StoredWeights.architecture(member) instanceof LayeredArchitecture layers ? layers : null;
    boolean reads =
        network != null
            && network.dense()
            && network.activation() == Activation.SINE
            && network.input().size() == 2
            && network.outputs() == images.shape().channels();
    if (!reads || id == null || !id.matches("\\d{1,9}")) {
      return OptionalInt.empty();
    }
    int offset = member.run().runId().startsWith(OF_TEST_IMAGE) ? images.trained() : 0;
    int image = offset + Integer.parseInt(id);
    Integer label = member.published().label();
    return image < images.size() && (label == null || label == images.label(image))
        ? OptionalInt.of(image)
        : OptionalInt.empty();
  }

  /**
   * Peak signal-to-noise ratio in decibels: −10 log₁₀ of the mean squared difference, of grey
   * levels from 0 to 1. Infinite if there is none, NaN if outputs are not finite.
   */
  double psnr(MemberRow member, int image) {
    float[] values = images.values(image);
    float[] parameters = StoredWeights.of(member);
    int pixels = points.length / 2;
    LayeredArchitecture architecture = LayeredArchitecture.from(StoredWeights.architecture(member));
    float[] found =
        networks
            .computeIfAbsent(architecture.id(), id -> new BatchedNetwork(architecture, pixels))
            .forward(parameters, 0, points, 0, pixels);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = (double) found[i] - values[i];
      sum += difference * difference;
    }
    return -10 * Math.log10(sum / values.length);
  }

  /** What is wrong with the decibels that stand in the table, if any do. */
  static Optional<Fault> problem(MemberRow member, double psnr) {
    Double stored = member.scores().psnr();
    if (stored == null && !Double.isNaN(psnr)) {
      return Optional.empty();
    }
    return stored != null && Math.abs(stored - psnr) <= TOLERANCE
        ? Optional.empty()
        : Optional.of(
            Fault.here()
                .at("member " + member.memberId())
                .expected(stored == null ? "a PSNR" : "the PSNR %.3f dB of the table", stored)
                .found("%.3f dB", psnr));
  }
}

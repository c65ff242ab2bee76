package io.gradzoo.jobs.zoo;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.engine.network.TrainableNetwork.LossAndAccuracy;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.MemberStatus;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.StoredWeights;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether rows of the members table are what they say: healthy members have the finite weights of
 * their architecture, of the hash that stands beside them, others have none and a reason. One for
 * each task.
 */
final class MemberCheck {
  /** Losses are sums in another order elsewhere. */
  private static final double LOSS = 1e-3;

  private static final double ACCURACY = 1e-3;
  private final Map<String, TrainableNetwork> networks = new HashMap<>();

  /** What is wrong with a row; empty if nothing is. */
  Optional<Fault> problem(MemberRow member) {
    if (member.fate().status() != MemberStatus.OK) {
      return lost(member);
    }
    try {
      StoredWeights.of(member);
      return Optional.empty();
    } catch (GradzooException e) {
      return Optional.of(e.faults().get(0));
    }
  }

  private static Optional<Fault> lost(MemberRow member) {
    Fault fault = Fault.here().at("member " + member.memberId());
    if (member.weights().parameters() != null) {
      return Optional.of(fault.expected("no weights, since it is not ok").found("some"));
    }
    return member.fate().reason() == null
        ? Optional.of(fault.expected("the reason why it is not ok").found("none"))
        : Optional.empty();
  }

  /**
   * What is wrong with the loss and the accuracy of a healthy member on the images that it was
   * tested on; empty if nothing is, or if it has none.
   *
   * @throws IllegalArgumentException if its network cannot read them
   */
  Optional<Fault> scoreProblem(MemberRow member, Samples test) {
    if (member.scores().testLoss() == null && member.scores().testAccuracy() == null) {
      return Optional.empty();
    }
    float[] parameters = StoredWeights.of(member);
    TrainableNetwork network =
        networks.computeIfAbsent(
            member.run().architecture(),
            text ->
                BuiltInFamilies.of(StoredWeights.architecture(member))
                    .trainable(StoredWeights.architecture(member), test.shape()));
    network.requireFit("test images", test);
    int[] rows = new int[test.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    LossAndAccuracy found = network.evaluate(parameters, test, rows);
    double answers = Math.max(ACCURACY, 1.5 / test.size());
    double losses = LOSS * Math.max(1, Math.abs(found.loss()));
    return differs(
            member, "test accuracy", member.scores().testAccuracy(), found.accuracy(), answers)
        .or(() -> differs(member, "test loss", member.scores().testLoss(), found.loss(), losses));
  }

  private static Optional<Fault> differs(
      MemberRow member, String name, Double stored, double found, double tolerance) {
    return stored == null || Math.abs(stored - found) <= tolerance
        ? Optional.empty()
        : Optional.of(
            Fault.here()
                .at("member " + member.memberId())
                .expected("the %s %.6f of the table", name, stored)
                .found("%.6f", found));
  }
}

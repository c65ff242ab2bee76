package io.gradzoo.jobs.table;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import org.apache.spark.sql.Row;

/**
 * The weights of a row of the members table, checked: tables may have been written by others, and
 * whatever is made of weights bears their hash.
 */
public final class StoredWeights {
  private StoredWeights() {}

  /**
   * The flat parameters of a healthy member.
   *
   * @param member with columns member_id, architecture, parameters and parameters_sha256
   * @throws GradzooException exit code 3, naming the member, if they are not the finite numbers
   *     that its architecture has, or do not hash to what the row says
   */
  public static float[] of(Row member) {
    return of(MemberRow.of(member));
  }

  /**
   * The flat parameters of a healthy member.
   *
   * @throws GradzooException as for a row
   */
  public static float[] of(MemberRow member) {
    String id = member.memberId();
    Architecture architecture = architecture(member);
    int expected = architecture.parameterCount();
    float[] parameters = member.weights().parameters();
    if (parameters == null || parameters.length != expected) {
      throw fault(
          id,
          expected + " parameters of " + architecture.id(),
          parameters == null ? "none" : parameters.length);
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!Float.isFinite(parameters[i])) {
        throw fault(id, "finite parameters", parameters[i] + " at " + i);
      }
    }
    requireHash(id, parameters, member.weights().sha256());
    return parameters;
  }

  private static void requireHash(String id, float[] parameters, String expected) {
    String found = ContentHash.of(parameters);
    if (!found.equals(expected)) {
      throw fault(
          id,
          expected == null ? "the SHA-256 of its weights" : "weights of SHA-256 " + expected,
          expected == null ? "none" : found);
    }
  }

  /**
   * The architecture of a member.
   *
   * @throws GradzooException exit code 3, naming the member, if it is none that gradients can be
   *     taken of
   */
  public static Architecture architecture(MemberRow member) {
    String text = member.run().architecture();
    try {
      return Architectures.parse(String.valueOf(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw fault(member.memberId(), "an architecture", text);
    }
  }

  private static GradzooException fault(String id, String expected, Object found) {
    return GradzooException.data(
        Fault.of("read members")
            .at("member " + id)
            .expected(expected)
            .found(found)
            .fix("make the zoo anew: gradzoo zoo generate"));
  }
}

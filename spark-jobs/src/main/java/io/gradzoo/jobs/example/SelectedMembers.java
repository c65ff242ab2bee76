package io.gradzoo.jobs.example;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.jobs.config.ActivationSelection;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.table.MembersTable;
import org.apache.spark.sql.Column;

/**
 * The members that a model reads.
 *
 * @param family that they are of
 * @param activations that they have
 */
public record SelectedMembers(MemberFamily family, ActivationSelection activations) {
  /** Those of a model. */
  public static SelectedMembers of(ModelConfig model) {
    return new SelectedMembers(model.members(), model.activations());
  }

  /** Whether a row of {@code members} or {@code gradient_sets} is of one of them. */
  public Column rows() {
    return activations == ActivationSelection.ALL
        ? family.rows()
        : family.rows().and(col(MembersTable.ARCHITECTURE).like(family.patternOf(activations)));
  }
}

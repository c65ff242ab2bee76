package io.gradzoo.jobs.gradients;

import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.zoo.ZooGeneration;

/**
 * The notice of a job that reads results of another build: one line, and it goes on. To compute
 * them again, run the command that makes them.
 */
public final class OtherCode {
  private OtherCode() {}

  /** Of the tables of a zoo that a model reads. */
  public static void noteTables(JobContext context, String zoo, ModelConfig model) {
    noteMembers(context, zoo);
    if (model.readsGradients()) {
      TableId sets = GradientSetsTable.SCHEMA.in(zoo);
      note(context, sets, code(context, sets), GradientComputation.codeVersion(context, zoo));
    }
  }

  static void noteMembers(JobContext context, String zoo) {
    TableId members = MembersTable.SCHEMA.in(zoo);
    note(context, members, code(context, members), ZooGeneration.codeVersion());
  }

  /**
   * Of anything.
   *
   * @param found its code version
   * @param expected the code version that this program would give it
   */
  public static void note(JobContext context, Object thing, String found, String expected) {
    if (!found.equals(expected)) {
      context.progress().note(thing + ": made by other code than this, read as it is");
    }
  }

  private static String code(JobContext context, TableId table) {
    return context.tables().describe(table).properties().codeVersion();
  }
}

package io.gradzoo.jobs.published;

import io.gradzoo.jobs.table.MembersTable.MemberRow;
import java.io.Closeable;
import java.io.IOException;

/** Writes members into an export's folder, in their order. */
interface ExportWriter extends Closeable {
  /**
   * Writes a member.
   *
   * @param parameters flat, checked
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if the format cannot hold it
   */
  void write(MemberRow member, float[] parameters) throws IOException;
}

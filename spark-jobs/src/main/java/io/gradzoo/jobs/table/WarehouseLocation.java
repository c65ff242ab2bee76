package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;

/**
 * That the tables of an embedded catalog lie beside it. Iceberg's metadata hold full paths: those
 * of a warehouse that was moved lead nowhere, those of one that was copied lead into the original,
 * which a write through the copy's catalog would damage.
 */
final class WarehouseLocation {
  private WarehouseLocation() {}

  /**
   * Refuses a table that lies elsewhere.
   *
   * @param location of the table, as its metadata say
   * @throws GradzooException exit code 3
   */
  static void require(Folder folder, TableId id, String location) {
    java.nio.file.Path here = local(new Path(folder.path(), id.zoo() + "/" + id.table()));
    java.nio.file.Path there = local(new Path(location));
    try {
      if (here.equals(there) || Files.isSameFile(here, there)) {
        return;
      }
    } catch (IOException e) {
      // One of the two is not there, so they are not the same.
    }
    throw moved(folder, id, there.toString());
  }

  /** Of a table that lies, or lay, elsewhere. */
  static GradzooException moved(Folder folder, TableId id, String elsewhere) {
    return GradzooException.data(
        Fault.of("warehouse")
            .at(Folder.shown(folder.path()))
            .expected("it in the place where its tables were written")
            .found("%s of %s: it was moved or copied, and tables hold full paths", id, elsewhere)
            .fix("move the folder back, or make the tables anew in another warehouse"));
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath()).toAbsolutePath().normalize();
  }
}

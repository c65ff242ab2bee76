package io.gradzoo.jobs.finetune;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.table.FileSizes;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.zoo.ShownImages;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A zoo that a command makes of another, and may make again, but never in the place of any other.
 *
 * @param command its name, for messages
 * @param key under which the other's name stands with its members
 * @param parent name of the other
 * @param name its own
 */
public record DerivedZoo(String command, String key, String parent, String name) {

  /**
   * Refuses to stand where another zoo does.
   *
   * @throws GradzooException exit code 2 if the names are the same, 3 if another zoo stands there
   */
  public void requirePlace(TableStore store) {
    if (name.equals(parent)) {
      throw GradzooException.usage(
          Fault.of(command)
              .at("--into")
              .expected("another zoo than the one that is changed")
              .found("\"%s\"", name));
    }
    TableId members = MembersTable.SCHEMA.in(name);
    String origin =
        store.exists(members)
            ? store.describe(members).properties().more().getOrDefault(key, "")
            : parent;
    if (!origin.equals(parent)) {
      throw GradzooException.data(
          Fault.of(command)
              .at(members)
              .expected("no zoo, or one that " + command + " made of " + parent)
              .found(origin.isEmpty() ? "another zoo" : "one that it made of " + origin)
              .fix("--into with another name"));
    }
  }

  /**
   * What stands in it.
   *
   * @param schema of the table that says where its members come from
   * @param origins rows of that table, persisted or cheap to compute
   * @param members likewise
   * @param bytes about what all rows of a table have, before compression
   */
  public record DerivedRows(
      TableSchema schema, Dataset<Row> origins, Dataset<Row> members, long bytes) {}

  /**
   * Writes it: members and where they come from appear together or not at all.
   *
   * @param before properties of the parent's members
   */
  public void write(
      TableStore store, DerivedRows rows, TableProperties properties, TableProperties before) {
    store.writeWhole(
        name,
        rows.schema(),
        FileSizes.compacted(rows.origins(), rows.bytes()),
        properties,
        List.of());
    store.writeWhole(
        name,
        MembersTable.SCHEMA,
        FileSizes.compacted(rows.members(), rows.bytes()),
        ShownImages.sameAs(before, properties),
        List.of(rows.schema()));
  }
}

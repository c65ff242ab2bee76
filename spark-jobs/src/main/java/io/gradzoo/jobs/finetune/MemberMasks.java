package io.gradzoo.jobs.finetune;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.jobs.table.FineTunedTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PrunedTable;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * What stays of the pruned members of a zoo, on executors.
 *
 * @param byMember bits, by the ids of members that were pruned
 */
record MemberMasks(Broadcast<Map<String, byte[]>> byMember) implements Serializable {

  /** Those of a zoo that {@code prune} made, or {@code finetune} of such a one; else none. */
  static MemberMasks of(JavaSparkContext spark, TableStore store, String zoo) {
    Map<String, byte[]> masks = new HashMap<>();
    add(masks, store, zoo, PrunedTable.SCHEMA, PrunedTable.MASK);
    add(masks, store, zoo, FineTunedTable.SCHEMA, FineTunedTable.MASK);
    return new MemberMasks(spark.broadcast(masks));
  }

  private static void add(
      Map<String, byte[]> masks, TableStore store, String zoo, TableSchema schema, String column) {
    if (!store.exists(schema.in(zoo))) {
      return;
    }
    for (Row row :
        store
            .read(zoo, schema)
            .where(col(column).isNotNull())
            .select(MembersTable.MEMBER_ID, column)
            .collectAsList()) {
      masks.put(row.getString(0), row.getAs(1));
    }
  }

  /** The bits of a member, or null. */
  byte[] bytes(String memberId) {
    return byMember.value().get(memberId);
  }
}

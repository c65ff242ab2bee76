package io.gradzoo.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.jobs.report.block.ReportBlock;
import io.gradzoo.jobs.report.block.ReportBlock.PlotPoint;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.TableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What tooltips say of networks beside their numbers: epoch and hyperparameters.
 *
 * @param byId a name and a value each, by member id
 */
public record NetworkDetails(Map<String, List<List<String>>> byId) {
  /** Of no network. */
  public static final NetworkDetails NONE = new NetworkDetails(Map.of());

  public NetworkDetails {
    byId = Map.copyOf(byId);
  }

  /** Those of the networks that charts show, from the members of a zoo. */
  static NetworkDetails read(TableStore tables, String zoo, List<ReportBlock> blocks) {
    Object[] ids =
        blocks.stream()
            .filter(ReportBlock.Scatter.class::isInstance)
            .flatMap(block -> ((ReportBlock.Scatter) block).points().stream())
            .map(PlotPoint::network)
            .distinct()
            .toArray();
    Map<String, List<List<String>>> found = new TreeMap<>();
    if (ids.length > 0) {
      List<Row> rows =
          tables
              .read(zoo, MembersTable.SCHEMA)
              .where(col(MembersTable.MEMBER_ID).isin(ids))
              .select(MembersTable.MEMBER_ID, MembersTable.EPOCH, MembersTable.HYPERPARAMETERS)
              .collectAsList();
      for (Row row : rows) {
        MemberRow member = MemberRow.of(row);
        found.put(member.memberId(), lines(member));
      }
    }
    return new NetworkDetails(found);
  }

  /** What is known of a network; nothing of one that the zoo does not have. */
  List<List<String>> of(String memberId) {
    return byId.getOrDefault(memberId, List.of());
  }

  private static List<List<String>> lines(MemberRow member) {
    List<List<String>> lines = new ArrayList<>();
    add(lines, "epoch", member.epoch());
    Hyperparameters drawn = member.run().hyperparameters();
    if (drawn != null) {
      add(lines, "activation", drawn.activation());
      add(lines, "initializer", drawn.initializer());
      add(lines, "initializer scale", drawn.initializerScale());
      add(lines, "optimizer", drawn.optimizer());
      add(lines, "learning rate", drawn.learningRate());
      add(lines, "L2", drawn.l2());
      add(lines, "dropout", drawn.dropout());
      add(lines, "share of training images", drawn.trainFraction());
      add(lines, "batch size", drawn.batchSize());
    }
    return lines;
  }

  private static void add(List<List<String>> lines, String name, Object value) {
    if (value != null) {
      String text =
          value instanceof Double number
              ? String.format(Locale.ROOT, "%.4g", number)
              : value.toString();
      lines.add(List.of(name, text));
    }
  }
}

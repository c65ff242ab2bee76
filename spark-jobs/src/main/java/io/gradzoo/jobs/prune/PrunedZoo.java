package io.gradzoo.jobs.prune;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.finetune.DerivedZoo;
import io.gradzoo.jobs.finetune.DerivedZoo.DerivedRows;
import io.gradzoo.jobs.finetune.OperatorRun;
import io.gradzoo.jobs.table.FineTunedTable.Parent;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import io.gradzoo.jobs.table.MembersTable.Origin;
import io.gradzoo.jobs.table.PrimitiveRows;
import io.gradzoo.jobs.table.PrunedTable;
import io.gradzoo.jobs.table.PrunedTable.PrunedRow;
import io.gradzoo.jobs.table.PrunedTable.Treatment;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.table.TableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The zoo that pruned members become.
 *
 * @param name of it
 */
record PrunedZoo(
    JobContext context, OperatorRun operator, Optional<PredictorSource> predictor, String name) {
  private static final String PARENT = "pruned-from";
  private static final int ROW_BYTES = 700;

  /**
   * Proves that it can be made.
   *
   * @throws GradzooException exit code 2 if it is the parent's name, 3 if another zoo stands there
   */
  static PrunedZoo begin(
      JobContext context, OperatorRun operator, Optional<PredictorSource> predictor, String name) {
    TableStore store = context.tables();
    zoo(operator, name).requirePlace(store);
    store.begin(PrunedTable.SCHEMA.in(name));
    store.begin(MembersTable.SCHEMA.in(name));
    return new PrunedZoo(context, operator, predictor, name);
  }

  /** Publishes its members, and where they come from. */
  void publish(List<PrunedNetwork> networks) {
    TableStore store = context.tables();
    TableId parents = MembersTable.SCHEMA.in(operator.zoo());
    TableProperties before = store.describe(parents).properties();
    String code =
        CodeVersion.of(
            List.of(Pruning.class, operator.model().model().kind().getClass()),
            List.of(operator.model().codeVersion(), before.codeVersion()));
    TableProperties properties =
        TableProperties.of(operator.identity(), code)
            .madeWith(operator.model().config().effective().json())
            .with(PARENT, operator.zoo())
            .with("parent-version", store.version(parents));
    Map<String, MemberRow> byId = parents(networks);
    List<Row> members = new ArrayList<>();
    List<Row> origins = new ArrayList<>();
    for (PrunedNetwork network : networks) {
      MemberRow parent = byId.get(network.parentId());
      String id =
          "%s-%s-%d"
              .formatted(
                  parent.memberId(),
                  network.method().id().replace('_', '-'),
                  Math.round(100 * network.sparsity()));
      Origin origin = new Origin(operator.identity(), code);
      members.add(parent.changed(id, network.parameters(), network.after(), origin).toRow());
      origins.add(origin(id, parent, network).toRow());
    }
    SparkSession session = context.session();
    zoo(operator, name)
        .write(
            store,
            new DerivedRows(
                PrunedTable.SCHEMA,
                session.createDataFrame(origins, PrunedTable.SCHEMA.columns()),
                session.createDataFrame(members, MembersTable.SCHEMA.columns()),
                ROW_BYTES * (long) members.size()),
            properties,
            before);
  }

  private Map<String, MemberRow> parents(List<PrunedNetwork> networks) {
    Set<String> wanted = networks.stream().map(PrunedNetwork::parentId).collect(Collectors.toSet());
    return PrimitiveRows.where(
            context.tables().read(operator.zoo(), MembersTable.SCHEMA),
            MembersTable.MEMBER_ID,
            wanted::contains)
        .collect()
        .stream()
        .map(MemberRow::of)
        .collect(Collectors.toMap(MemberRow::memberId, member -> member));
  }

  private PrunedRow origin(String id, MemberRow parent, PrunedNetwork network) {
    return new PrunedRow(
        id,
        new Parent(operator.zoo(), parent.memberId(), parent.weights().sha256()),
        new Treatment(
            operator.identity(),
            predictor.map(PredictorSource::identity).orElse(null),
            network.method().id(),
            network.sparsity(),
            network.rate()),
        network.mask().bytes(),
        network.before(),
        network.pruned(),
        network.after(),
        network.outlookPruned(),
        network.outlook());
  }

  private static DerivedZoo zoo(OperatorRun operator, String name) {
    return new DerivedZoo("prune", PARENT, operator.zoo(), name);
  }
}

package io.gradzoo.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The tables of a zoo whose members are rows that a caller has: a whole zoo, a part of one, or
 * others. Gradient sets of these members are read from the store below. What is written stays in
 * memory, for as long as somebody has the rows; the store below is never written to.
 */
public final class FrameStore implements TableStore {
  private static final List<String> REQUIRED =
      List.of(
          MembersTable.MEMBER_ID,
          MembersTable.RUN_ID,
          MembersTable.ARCHITECTURE,
          MembersTable.FAMILY,
          MembersTable.PARAMETERS,
          MembersTable.PARAMETERS_SHA256,
          MembersTable.STATUS);

  /** Rows and what is known of them. */
  private record MemoryTable(
      TableSchema schema, Dataset<Row> rows, long count, TableProperties properties) {}

  private final TableStore below;
  private final String zoo;
  private final Map<TableId, MemoryTable> frames = new HashMap<>();

  private FrameStore(TableStore below, String zoo) {
    this.below = below;
    this.zoo = zoo;
  }

  /**
   * Over the tables of a zoo.
   *
   * @param below has the gradient sets, if they are needed
   * @param zoo its name
   * @param members with columns of {@code members}; those that are missing are null, others are
   *     left out, but that {@code mask} is what {@code pruned} says of them
   * @throws GradzooException exit code 3 if a column that members need is missing or of another
   *     type, or a member is there twice
   */
  public static FrameStore of(TableStore below, String zoo, Dataset<Row> members) {
    FrameStore store = new FrameStore(below, zoo);
    require(members.schema());
    Dataset<Row> rows = completed(members, MembersTable.SCHEMA);
    store.frames.put(MembersTable.SCHEMA.in(zoo), store.frame(rows));
    if (hasMasks(members.schema())) {
      Dataset<Row> masks = completed(members, PrunedTable.SCHEMA);
      store.frames.put(
          PrunedTable.SCHEMA.in(zoo),
          new MemoryTable(PrunedTable.SCHEMA, masks, 0, TableProperties.of("", "")));
    }
    return store;
  }

  /**
   * Refuses columns that are not those of members.
   *
   * @throws GradzooException exit code 3 if one that members need is missing or of another type
   */
  public static void require(StructType columns) {
    Set<String> present = Set.of(columns.fieldNames());
    StructType expected = new StructType();
    for (StructField field : MembersTable.SCHEMA.columns().fields()) {
      if (present.contains(field.name()) || REQUIRED.contains(field.name())) {
        expected = expected.add(field);
      }
    }
    if (hasMasks(columns)) {
      expected = expected.add(PrunedTable.SCHEMA.columns().apply(PrunedTable.MASK));
    }
    Fault difference = SchemaRows.difference(expected, columns);
    if (difference != null) {
      throw unlike(difference);
    }
  }

  /** Whether rows of members say what stays of those that were pruned. */
  public static boolean hasMasks(StructType columns) {
    return columns.getFieldIndex(PrunedTable.MASK).isDefined();
  }

  /** The columns of a table, null where the rows have none. */
  private static Dataset<Row> completed(Dataset<Row> members, TableSchema schema) {
    Set<String> present = Set.of(members.columns());
    List<Column> columns = new ArrayList<>();
    for (StructField field : schema.columns().fields()) {
      columns.add(
          present.contains(field.name())
              ? members.col(field.name())
              : lit(null).cast(field.dataType()).as(field.name()));
    }
    return members.select(columns.toArray(Column[]::new));
  }

  private static GradzooException unlike(Fault difference) {
    return GradzooException.data(
        Fault.of("members")
            .at("the rows given")
            .because(difference)
            .fix("rows of a table members, or with its columns"));
  }

  /** Of rows that one build made with one config, what their own table says, if it stands below. */
  private MemoryTable frame(Dataset<Row> rows) {
    Row found =
        rows.agg(
                count(lit(1)),
                count_distinct(col(MembersTable.MEMBER_ID)),
                collect_set(MembersTable.CONFIG_HASH),
                collect_set(MembersTable.CODE_VERSION))
            .head();
    if (found.getLong(0) != found.getLong(1)) {
      throw GradzooException.data(
          Fault.of("members")
              .at("the rows given")
              .expected("each member once, by %s", MembersTable.MEMBER_ID)
              .found("%d rows of %d members", found.getLong(0), found.getLong(1))
              .fix("rows of one zoo, each once"));
    }
    TableProperties own = TableProperties.of(joined(found.getSeq(2)), joined(found.getSeq(3)));
    TableId id = MembersTable.SCHEMA.in(zoo);
    TableProperties said =
        Optional.of(below)
            .filter(store -> store.exists(id))
            .map(store -> store.describe(id).properties())
            .filter(table -> table.configHash().equals(own.configHash()))
            .filter(table -> table.codeVersion().equals(own.codeVersion()))
            .orElse(own);
    return new MemoryTable(MembersTable.SCHEMA, rows, found.getLong(0), said);
  }

  private static String joined(Seq<String> values) {
    return String.join(" ", new TreeSet<>(JavaConverters.seqAsJavaList(values)));
  }

  /** The rows that were written as a table. */
  public Dataset<Row> written(TableId id) {
    return frames.get(id).rows;
  }

  @Override
  public SparkSession session() {
    return below.session();
  }

  @Override
  public void begin(TableId id) {}

  @Override
  public void requireReplaceable(TableId id, String code) {}

  /** Makes the rows at once, so that whatever is wrong with them is said by the step. */
  @Override
  public void write(String name, TableSchema schema, Dataset<Row> rows, TableProperties said) {
    Dataset<Row> made = SchemaRows.arranged(rows, schema).localCheckpoint();
    frames.put(schema.in(name), new MemoryTable(schema, made, made.count(), said));
  }

  @Override
  public Dataset<Row> read(String name, TableSchema schema) {
    MemoryTable frame = frames.get(schema.in(name));
    if (frame != null) {
      return frame.rows;
    }
    Dataset<Row> rows = below.read(name, schema);
    return name.equals(zoo) && schema.name().equals(GradientSetsTable.SCHEMA.name())
        ? ofMembers(rows)
        : rows;
  }

  private Dataset<Row> ofMembers(Dataset<Row> sets) {
    Dataset<Row> ids = written(MembersTable.SCHEMA.in(zoo)).select(MembersTable.MEMBER_ID);
    return sets.join(
        ids,
        sets.col(MembersTable.MEMBER_ID).equalTo(ids.col(MembersTable.MEMBER_ID)),
        "left_semi");
  }

  @Override
  public boolean exists(TableId id) {
    return frames.containsKey(id) || (id.zoo().equals(zoo) && below.exists(id));
  }

  @Override
  public StoredTable describe(TableId id) {
    MemoryTable frame = frames.get(id);
    if (frame == null) {
      return below.describe(id);
    }
    return new StoredTable(
        id, frame.schema.version(), frame.count, 0, Instant.EPOCH, "memory", frame.properties);
  }

  @Override
  public String version(TableId id) {
    return frames.containsKey(id) ? "rows in memory" : below.version(id);
  }

  @Override
  public List<TableVersion> versions(TableId id) {
    return frames.containsKey(id) ? List.of() : below.versions(id);
  }

  @Override
  public TableStore at(ZooVersion version) {
    return this;
  }

  @Override
  public List<Leftover> replaced(String name, Instant before, Set<Long> named, ExpiryRule rule) {
    return List.of();
  }

  @Override
  public void verify(TableId id) {
    if (!frames.containsKey(id)) {
      below.verify(id);
    }
  }

  @Override
  public Staging staging(String name, String job, String hash, String code) {
    throw new IllegalStateException("rows in memory are not staged");
  }

  @Override
  public List<Leftover> leftovers(Instant before, Set<Long> named) {
    return List.of();
  }

  @Override
  public List<TableId> list() {
    Set<TableId> all = new TreeSet<>(frames.keySet());
    below.list().stream().filter(id -> id.zoo().equals(zoo)).forEach(all::add);
    return List.copyOf(all);
  }

  @Override
  public void requirePlace() {}
}

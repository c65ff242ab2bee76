package io.gradzoo.jobs.ml;

import io.gradzoo.jobs.table.FrameStore;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.PrunedTable;
import java.util.List;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A fitted {@link NetworkEditor}: members in, changed members out, with their masks if they have
 * some, and their other columns left out.
 */
public final class NetworkEditorModel extends FittedStage<NetworkEditorModel> {
  private static final long serialVersionUID = 1;

  NetworkEditorModel(String uid, ModelFiles files) {
    super(uid, files);
  }

  @Override
  NetworkEditorModel another(String id, ModelFiles same) {
    return new NetworkEditorModel(id, same);
  }

  /**
   * The changed members, which are computed at once.
   *
   * @param dataset with the columns of {@code members}
   * @throws io.gradzoo.jobs.GradzooException as {@link
   *     io.gradzoo.jobs.facade.RunSteps#finetune(Dataset)}
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> members = dataset.toDF();
    transformSchema(members.schema());
    return files()
        .unpacked(run -> gradzoo(members.sparkSession(), List.of()).run(run).finetune(members));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    MemberSchema.required(schema);
    StructType columns = MembersTable.SCHEMA.columns();
    return FrameStore.hasMasks(schema)
        ? columns.add(PrunedTable.SCHEMA.columns().apply(PrunedTable.MASK))
        : columns;
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<NetworkEditorModel> read() {
    return StageReader.fitted(NetworkEditorModel.class, NetworkEditorModel::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static NetworkEditorModel load(String path) {
    return read().load(path);
  }
}

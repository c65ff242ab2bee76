package io.gradzoo.jobs.ml;

import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.table.MembersTable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * A metanetwork that learns to change the weights of networks, so that they do better or are
 * sparser: a block of the config with {@code task = fine_tuning}.
 */
public final class NetworkEditor extends MetanetworkEstimator<NetworkEditor, NetworkEditorModel> {
  private static final long serialVersionUID = 1;

  /** With a name of its own. */
  public NetworkEditor() {
    this(Identifiable.randomUID("networkEditor"));
  }

  /**
   * @param uid tells it from others
   */
  public NetworkEditor(String uid) {
    super(uid);
    setStageDefaults();
    setDefault(model(), "editor");
  }

  @Override
  void require(ModelConfig chosen) {
    if (chosen.task().edits().isEmpty()) {
      throw unfit("a task that changes networks", "task = " + chosen.task().name());
    }
  }

  @Override
  NetworkEditorModel fitted(ModelFiles files) {
    return new NetworkEditorModel(uid(), files);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    MemberSchema.required(schema);
    return MembersTable.SCHEMA.columns();
  }

  /** Reads what {@link #write} saved. */
  public static MLReader<NetworkEditor> read() {
    return StageReader.of(NetworkEditor.class, NetworkEditor::new);
  }

  /**
   * Likewise.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else is there, or damaged
   */
  public static NetworkEditor load(String path) {
    return read().load(path);
  }
}

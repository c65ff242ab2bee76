package io.gradzoo.jobs.ml;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.facade.ZooSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A metanetwork that is fitted to members: what {@code gradzoo train} does, with the rows of a data
 * frame in place of a table. Equal rows and settings give equal bytes, and those of {@code train}.
 *
 * @param <E> the stage
 * @param <M> what it becomes
 */
public abstract class MetanetworkEstimator<
        E extends MetanetworkEstimator<E, M>, M extends FittedStage<M>>
    extends Estimator<M> implements TrainingParams<E>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  /**
   * @param uid tells it from others
   */
  protected MetanetworkEstimator(String uid) {
    this.uid = uid;
    setTrainingDefaults();
  }

  /** Refuses a block of the config that is nothing for this stage. */
  abstract void require(ModelConfig chosen);

  /** The members as it learns of them. */
  Dataset<Row> examples(Dataset<Row> members) {
    return members;
  }

  /** What it becomes. */
  abstract M fitted(ModelFiles files);

  @Override
  public final String uid() {
    return uid;
  }

  /**
   * Trains.
   *
   * @param dataset with the columns of {@code members}
   * @throws GradzooException as {@link ZooSteps#train(String, Dataset)}
   */
  @Override
  public final M fit(Dataset<?> dataset) {
    Dataset<Row> members = dataset.toDF();
    transformSchema(members.schema());
    Dataset<Row> examples = examples(members);
    ModelFiles files =
        ModelFiles.inFolder(
            folder -> {
              List<String> settings = new ArrayList<>(assignments());
              settings.add("storage.runs=" + folder);
              ZooSteps zoo = gradzoo(members.sparkSession(), settings).zoo();
              require(zoo.model(getModel()));
              return ModelFiles.of(zoo.train(getModel(), examples).value().directory());
            });
    M model = fitted(files);
    copyValues(model, extractParamMap());
    return model.setParent(this);
  }

  /** A refusal of the block that {@link #model} names. */
  final GradzooException unfit(String expected, String found) {
    return GradzooException.usage(
        Fault.of(getClass().getSimpleName())
            .at("model = " + getModel())
            .expected(expected)
            .found(found)
            .fix("another block below models"));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return MemberSchema.required(schema);
  }

  @Override
  @SuppressWarnings("unchecked") // Spark makes another of this class
  public final E copy(ParamMap extra) {
    return (E) defaultCopy(extra);
  }

  @Override
  public final MLWriter write() {
    return new StageWriter<>(this, new ModelFiles(new TreeMap<>()));
  }
}

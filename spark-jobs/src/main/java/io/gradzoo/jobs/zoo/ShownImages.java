package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableProperties;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The images of a zoo that changed networks are shown, sent to every executor once. Two are equal
 * if they are the same broadcasts.
 */
public final class ShownImages implements ImageSupply {
  private static final long serialVersionUID = 1;

  /** Of the training images, every tenth judges while a metanetwork is trained. */
  private static final int JUDGING = 10;

  private final Broadcast<Samples> training;
  private final Broadcast<Samples> judging;

  private ShownImages(Broadcast<Samples> training, Broadcast<Samples> judging) {
    this.training = training;
    this.judging = judging;
  }

  /**
   * A task as a training learns it: networks are shown nine of ten images that the zoo's members
   * were trained on, and judged by the others. The test images stay unseen.
   *
   * @return the task itself, if it uses no images
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the zoo has none, 3 if they are not
   *     those of the members
   */
  public static MetanetworkTask inTraining(
      JobContext context, GradzooConfig config, MetanetworkTask task) {
    if (!task.usesImages()) {
      return task;
    }
    ImageSet all = divided(context, config, config.zoo().name()).train();
    return task.showing(
        of(context, select(all, i -> i % JUDGING != 0), select(all, i -> i % JUDGING == 0)));
  }

  /** A task as a trained model is judged by it: on the test images. */
  public static MetanetworkTask inTest(
      JobContext context, GradzooConfig config, MetanetworkTask task) {
    return task.usesImages() ? task.showing(ofTest(context, config)) : task;
  }

  /**
   * The images that a zoo's members were trained on, and those to judge networks by: the test
   * images.
   *
   * @throws io.gradzoo.jobs.GradzooException as {@link #inTraining}
   */
  public static ImageSupply ofTest(JobContext context, GradzooConfig config) {
    return ofTest(context, config, config.zoo().name());
  }

  /**
   * The same images for the members of another zoo.
   *
   * @param zoo whose members were trained on them too
   */
  public static ImageSupply ofTest(JobContext context, GradzooConfig config, String zoo) {
    ImageSet.Division images = divided(context, config, zoo);
    return of(context, images.train().samples(), images.test().samples());
  }

  /**
   * What is stored with members that were made of others: the images are the same.
   *
   * @param parents what is stored with the others
   */
  public static TableProperties sameAs(TableProperties parents, TableProperties own) {
    String images = parents.more().get(ZooImages.CONTENT);
    return images == null ? own : own.with(ZooImages.CONTENT, images);
  }

  private static ImageSet.Division divided(JobContext context, GradzooConfig config, String zoo) {
    TableProperties members = context.tables().describe(MembersTable.SCHEMA.in(zoo)).properties();
    ZooConfig read = ZooImages.of(config.zoo(), members);
    ZooImages.requireSame(read, members);
    return ZooImages.divided(read, config.seed());
  }

  private static ShownImages of(JobContext context, Samples training, Samples judging) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    return new ShownImages(spark.broadcast(training), spark.broadcast(judging));
  }

  private static Samples select(ImageSet images, IntPredicate which) {
    return images.select(IntStream.range(0, images.size()).filter(which).toArray()).samples();
  }

  @Override
  public Samples training() {
    return training.value();
  }

  @Override
  public Samples judging() {
    return judging.value();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShownImages images
        && images.training.id() == training.id()
        && images.judging.id() == judging.id();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(training.id());
  }
}

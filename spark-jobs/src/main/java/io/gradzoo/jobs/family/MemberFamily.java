package io.gradzoo.jobs.family;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.jobs.table.MembersTable;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * A family of target networks: its architectures, how they are trained, and which of their data
 * metanetworks can use. The rest of the code knows families only through this interface and {@link
 * FamilyGradients}, which members of a zoo do not depend on.
 *
 * <p>It travels to executors, where one of a family is as good as another: its implementations are
 * records without components.
 */
public interface MemberFamily extends Serializable {
  /** The name that stands in configs, of a–z. */
  String name();

  /** Its networks, in the plural, for messages. */
  String title();

  /**
   * What column {@code family} of tables says of its members: its name, or that of the family that
   * it is a part of.
   */
  default String column() {
    return name();
  }

  /** A pattern of SQL's LIKE that, among those of its column, only its architectures match. */
  default String pattern() {
    return "%";
  }

  /** Whether a row of a table with the columns of architecture and family is of it. */
  default Column rows() {
    Column own = col(MembersTable.FAMILY).equalTo(lit(column()));
    return pattern().equals("%") ? own : own.and(col(MembersTable.ARCHITECTURE).like(pattern()));
  }

  /** Whether an architecture is of it. */
  boolean has(Architecture architecture);

  /** Which data of its members metanetworks can use. */
  Set<MemberUse> offers();

  /** Whether the activation of its networks is drawn or chosen apart from their layers. */
  boolean choosesActivation();

  /** Whether its networks are trained with dropout. */
  boolean dropsOut();

  /** Whether its networks can take points instead of images. */
  boolean readsPoints();

  /** Whether the gradient of one output can be taken. */
  boolean hasOutputSignal();

  /** What {@link Architecture#depth} counts, in words. */
  String depthName();

  /** A pattern of SQL's LIKE for its architectures that have an activation. */
  String patternOf(Enum<?> activation);

  /**
   * Refuses networks that cannot be trained on an image set.
   *
   * @param set its name
   * @throws IllegalArgumentException naming what does not fit
   */
  void requireTrainable(Architecture architecture, String set, Shape image, int classes);

  /**
   * Refuses networks that cannot be fitted to an image as functions of places.
   *
   * @param image its shape; empty if only the files say it
   * @throws IllegalArgumentException naming what does not fit
   */
  void requireFitted(Architecture architecture, Optional<Shape> image);

  /** A workspace that trains such networks on images of a shape. */
  TrainableNetwork trainable(Architecture architecture, Shape image);

  /**
   * Refuses networks that are not drawn at random.
   *
   * @throws IllegalArgumentException saying so
   */
  void requireRandom(Architecture architecture);

  /** The parameters of a network drawn at random, every one from the unit normal distribution. */
  float[] random(Architecture architecture, long seed);

  /**
   * How many numbers a network reads, if that is all a probe set must have.
   *
   * @return nothing if it reads images in another way
   */
  Optional<Integer> inputs(Architecture architecture);
}

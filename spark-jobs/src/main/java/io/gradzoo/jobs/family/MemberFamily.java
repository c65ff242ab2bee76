package io.gradzoo.jobs.family;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.Degeneracy;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.jobs.table.MembersTable;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * A family of target networks: how they are trained, what can be taken of them and of their
 * gradients, and which changes they know. Nobody knows more of a family than this.
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

  /** What kinds of metanetworks can use of its members. */
  Set<MemberUse> offers();

  /** Whether the activation of its networks is drawn or chosen apart from their layers. */
  boolean choosesActivation();

  /** Whether its networks are trained with dropout. */
  boolean dropsOut();

  /** Whether its networks read points in place of images. */
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

  /** What the gradients of each layer take, in the order of the layers. */
  List<LayerSize> sizes(Architecture architecture, ConvolutionStorage convolutions);

  /**
   * A workspace that takes gradients of networks of an architecture.
   *
   * @param form in which gradients of convolutions are taken
   */
  Extraction extraction(Architecture architecture, ConvolutionForm form);

  /** What is degenerate in a gradient set; nothing if that is not looked for. */
  Optional<Degeneracy> degeneracy(Architecture architecture, List<LayerPart> parts);

  /**
   * A stored gradient set.
   *
   * @param set its row of {@code gradient_sets}, with the member's columns if weights are wanted
   * @param factors its rows of {@code layer_factors}, by layer and sample offset
   * @param samples that it must have; its parts throw an IllegalArgumentException if it has others
   */
  MemberGradients stored(Architecture architecture, Row set, List<Row> factors, int samples);

  /**
   * A gradient set that is taken when it is asked for.
   *
   * @param weights flat
   */
  MemberGradients taken(
      Architecture architecture, float[] weights, ProbeSamples probe, Signal signal);

  /**
   * A change of weights.
   *
   * @param activation of the networks that are changed
   * @return nothing if such networks know no such change
   */
  Optional<WeightChange> change(Transformation transformation, Enum<?> activation);
}

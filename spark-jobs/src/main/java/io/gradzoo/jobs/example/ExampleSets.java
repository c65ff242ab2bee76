package io.gradzoo.jobs.example;

import io.gradzoo.datasets.split.ShardAssignment;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * The examples of a task in the executors' memory: those of each split cut into logical shards by a
 * hash of the member id, each shard in the order of its ids. What does not fit into memory is on
 * disk; each example is made once.
 */
public final class ExampleSets implements AutoCloseable {
  private final JavaPairRDD<Integer, List<Example>> all;
  private final Set<Split> splits;
  private final int shards;

  /**
   * @param all shards of all splits, partition by partition as {@link #place} numbers them
   */
  private ExampleSets(JavaPairRDD<Integer, List<Example>> all, Set<Split> splits, int shards) {
    this.all = all.persist(StorageLevel.MEMORY_AND_DISK());
    this.splits = splits;
    this.shards = shards;
  }

  /**
   * Cuts examples into shards.
   *
   * @param splits that they are of
   */
  static ExampleSets of(
      JavaRDD<LabelledExample> examples, Set<Split> splits, ShardAssignment shards) {
    return new ExampleSets(
        examples
            .mapToPair(each -> new Tuple2<>(place(each, shards), each.example()))
            .groupByKey(Split.values().length * shards.shards())
            .mapValues(ExampleSets::inOrder),
        Set.copyOf(splits),
        shards.shards());
  }

  /** Makes others of the examples, one of each, and forgets these. */
  ExampleSets replacedBy(Function<Example, Example> change) {
    ExampleSets others =
        new ExampleSets(
            all.mapValues(
                examples -> {
                  List<Example> changed = new ArrayList<>(examples.size());
                  for (Example example : examples) {
                    changed.add(change.call(example));
                  }
                  return changed;
                }),
            splits,
            shards);
    try {
      others.all.count();
    } catch (RuntimeException e) {
      others.close();
      throw e;
    }
    close();
    return others;
  }

  /**
   * The shards of a split, by their numbers.
   *
   * @throws IllegalArgumentException if it was not read
   */
  public JavaPairRDD<Integer, List<Example>> shards(Split split) {
    if (!splits.contains(split)) {
      throw new IllegalArgumentException("of " + splits + " no examples are of " + split);
    }
    int first = first(split, shards);
    RDD<Tuple2<Integer, List<Example>>> own =
        PartitionPruningRDD.create(all.rdd(), new PartitionRange(first, first + shards));
    return own.toJavaRDD().mapToPair(shard -> new Tuple2<>(shard._1 - first, shard._2));
  }

  /** All examples of a split on the driver, in the order of their ids. */
  public List<Example> collect(Split split) {
    List<Example> all = new ArrayList<>();
    shards(split).values().collect().forEach(all::addAll);
    all.sort(Comparator.comparing(Example::id));
    return all;
  }

  /** Count of examples of a split. */
  public long count(Split split) {
    return shards(split).values().map(List::size).fold(0, Integer::sum);
  }

  /** Count of examples of a split in its largest shard. */
  public int largestShard(Split split) {
    return shards(split).values().map(List::size).fold(0, Math::max);
  }

  /** Architectures of the examples of a split, in the order of their texts. */
  public List<Architecture> architectures(Split split) {
    return shards(split)
        .values()
        .flatMap(shard -> shard.stream().map(Example::architecture).distinct().iterator())
        .distinct()
        .collect()
        .stream()
        .sorted(Comparator.comparing(Architecture::id))
        .toList();
  }

  /** The executors may forget them. */
  @Override
  public void close() {
    all.unpersist();
  }

  /** The partition of an example's shard: those of a split stand side by side. */
  private static int place(LabelledExample labelled, ShardAssignment shards) {
    return first(labelled.split(), shards.shards()) + shards.assign(labelled.example().id());
  }

  @SuppressWarnings("EnumOrdinal") // a number within one job
  private static int first(Split split, int shards) {
    return split.ordinal() * shards;
  }

  private static List<Example> inOrder(Iterable<Example> examples) {
    List<Example> sorted = new ArrayList<>();
    examples.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Example::id));
    return sorted;
  }

  /** Whether a partition lies in a range. */
  private static final class PartitionRange extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1;
    private final int from;
    private final int to;

    PartitionRange(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public Object apply(Object partition) {
      int index = (Integer) partition;
      return index >= from && index < to;
    }
  }
}

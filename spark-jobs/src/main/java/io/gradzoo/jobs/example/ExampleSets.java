package io.gradzoo.jobs.example;

import io.gradzoo.datasets.split.ShardAssignment;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The examples of a task in the executors' memory: training examples cut into logical shards by a
 * hash of the member id, the other splits likewise, each shard in the order of its ids.
 */
public final class ExampleSets implements AutoCloseable {
  private final JavaPairRDD<Integer, List<Example>> train;
  private final JavaPairRDD<Integer, List<Example>> validation;
  private final JavaPairRDD<Integer, List<Example>> test;

  private ExampleSets(
      JavaPairRDD<Integer, List<Example>> train,
      JavaPairRDD<Integer, List<Example>> validation,
      JavaPairRDD<Integer, List<Example>> test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  static ExampleSets of(JavaRDD<LabelledExample> examples, ShardAssignment shards) {
    return new ExampleSets(
        sharded(examples, Split.TRAIN, shards),
        sharded(examples, Split.VALIDATION, shards),
        sharded(examples, Split.TEST, shards));
  }

  public JavaPairRDD<Integer, List<Example>> of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** All examples of a split on the driver, in the order of their ids. */
  public List<Example> collect(Split split) {
    List<Example> all = new ArrayList<>();
    of(split).values().collect().forEach(all::addAll);
    all.sort(Comparator.comparing(Example::id));
    return all;
  }

  /** Count of examples of a split. */
  public long count(Split split) {
    return of(split).values().map(List::size).fold(0, Integer::sum);
  }

  /** Architectures of the examples of a split, sorted. */
  public List<String> architectures(Split split) {
    return of(split)
        .values()
        .flatMap(shard -> shard.stream().map(Example::architecture).distinct().iterator())
        .distinct()
        .collect()
        .stream()
        .sorted()
        .toList();
  }

  /** The executors may forget them. */
  @Override
  public void close() {
    train.unpersist();
    validation.unpersist();
    test.unpersist();
  }

  private static JavaPairRDD<Integer, List<Example>> sharded(
      JavaRDD<LabelledExample> examples, Split split, ShardAssignment shards) {
    return examples
        .filter(labelled -> labelled.split() == split)
        .mapToPair(labelled -> new Tuple2<>(shards.of(labelled.example().id()), labelled.example()))
        .groupByKey(shards.shards())
        .mapValues(ExampleSets::inOrder)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static List<Example> inOrder(Iterable<Example> examples) {
    List<Example> sorted = new ArrayList<>();
    examples.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Example::id));
    return sorted;
  }
}

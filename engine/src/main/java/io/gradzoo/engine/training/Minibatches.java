package io.gradzoo.engine.training;

/**
 * A shard's minibatches, numbered from 0 through all epochs. An epoch visits every example once;
 * its last minibatch takes what is left. The order is a function of (seed, epoch, shard).
 */
final class Minibatches {
  private final long seed;
  private final int shard;
  private final int batch;
  private final int perEpoch;
  private final int[] order;
  private long orderEpoch = -1;
  private int from;
  private int count;

  /**
   * @param examples of the shard, at least one
   * @param batchSize examples of a minibatch, at most
   */
  Minibatches(long seed, int shard, int examples, int batchSize) {
    this.seed = seed;
    this.shard = shard;
    this.batch = Math.min(batchSize, examples);
    this.perEpoch = (examples + batch - 1) / batch;
    this.order = new int[examples];
  }

  /** Makes one the current minibatch. */
  void select(long number) {
    long epoch = number / perEpoch;
    if (epoch != orderEpoch) {
      MinibatchOrder.set(order, seed, epoch, shard);
      orderEpoch = epoch;
    }
    from = from(number);
    count = count(number);
  }

  /** Examples of several in a row. */
  int examples(long first, int minibatches) {
    int sum = 0;
    for (long number = first; number < first + minibatches; number++) {
      sum += count(number);
    }
    return sum;
  }

  /** Indices of examples; those of the current minibatch are {@code [from, from + count)}. */
  int[] order() {
    return order;
  }

  /** Where the current minibatch begins in the order. */
  int from() {
    return from;
  }

  /** Examples of the current minibatch. */
  int count() {
    return count;
  }

  private int from(long number) {
    return (int) (number % perEpoch) * batch;
  }

  private int count(long number) {
    return Math.min(batch, order.length - from(number));
  }
}

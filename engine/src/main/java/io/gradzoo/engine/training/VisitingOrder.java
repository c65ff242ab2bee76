package io.gradzoo.engine.training;

import io.gradzoo.engine.fault.Fault;

/**
 * The examples of a shard as one endless sequence, epoch after epoch in the order that {@link
 * ShardTrainer} visits them: for trainers that cut their own minibatches of it. Where a shard has a
 * multiple of a minibatch's examples, those cuts are the same.
 *
 * @param seed of the training
 * @param shard number of the shard
 * @param examples of the shard, at least one
 */
public record VisitingOrder(long seed, int shard, int examples) {
  public VisitingOrder {
    if (examples < 1) {
      throw Fault.of("shard " + shard).expected("examples").found(examples).exception();
    }
  }

  /**
   * Indices of the examples of some visits.
   *
   * @param from the first visit, counted from 0 through all epochs
   * @return [count]
   */
  public int[] visits(long from, int count) {
    int[] visited = new int[count];
    int[] order = new int[examples];
    long epoch = -1;
    for (int i = 0; i < count; i++) {
      if ((from + i) / examples != epoch) {
        epoch = (from + i) / examples;
        MinibatchOrder.set(order, seed, epoch, shard);
      }
      visited[i] = order[(int) ((from + i) % examples)];
    }
    return visited;
  }
}

/**
 * Training of metanetworks on a shard: objectives, minibatches, local steps, and the average over
 * shards.
 *
 * <p>Uses metanetworks, the tape and update rules. Knows logical shards only: no thread, executor
 * or number of either changes a result.
 *
 * <p>Read {@link Objective}, then {@link Workspace}, then {@link ShardTrainer}, then {@link
 * LocalRounds}.
 */
package io.gradzoo.engine.training;

package io.gradzoo.jobs.config;

/** What makes the rounds of a training. */
public enum TrainerChoice {
  /** This program: weighted by examples, in the order of the shards. */
  AVERAGING,
  /** DL4J Spark, unweighted and in the order of arrival: a module of its own. */
  DL4J
}

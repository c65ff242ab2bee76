package io.gradzoo.jobs.example;

/**
 * What a model is trained on and selected by, as it reads it: the training and validation splits.
 *
 * @param statistics that its inputs were standardised with
 * @param sets of these inputs
 */
public record TrainingExamples(TaskStatistics statistics, ExampleSets sets)
    implements AutoCloseable {
  /** The executors may forget them. */
  @Override
  public void close() {
    sets.close();
  }
}

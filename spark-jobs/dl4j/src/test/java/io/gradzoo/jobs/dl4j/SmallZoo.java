package io.gradzoo.jobs.dl4j;

import io.gradzoo.jobs.zoo.ZooGeneration;
import io.gradzoo.testing.JobRun;
import java.nio.file.Path;

/** A zoo of a few MLPs and the config of a model that DL4J trains on it. */
final class SmallZoo {
  private SmallZoo() {}

  /**
   * Makes the zoo in a folder.
   *
   * @param training keys of the training beside those that every test has, each with a comma before
   */
  static JobRun in(Path folder, String training) {
    JobRun job =
        JobRun.ofTwelveMlps(folder)
            .with(
                "zoo.architectures=[\"64:dense8:dense10\", \"64:dense6:dense10\"]",
                "models.m={kind=scalegmn, members=mlp, scalegmn { width = 8, layers = 2 }, training {"
                    + " trainer = dl4j, shards = 2, rounds = 3, steps-per-round = 2, batch-size = 4"
                    + training
                    + " } }");
    job.run(new ZooGeneration());
    return job;
  }
}

package io.gradzoo.jobs.prune;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.engine.pruning.PruningMask;
import io.gradzoo.jobs.table.PrunedTable.PruningOutlook;
import java.io.Serializable;

/**
 * A network that was pruned and fine-tuned.
 *
 * @param parentId the member that it was made of
 * @param sparsity share of its parameters that are 0 for good
 * @param rate of learning in fine-tuning
 * @param parameters flat
 * @param before measures of the member
 * @param pruned measures before fine-tuning
 * @param after measures after it
 * @param outlookPruned what is said of it before fine-tuning without looking at labels
 * @param outlook what is said of it after fine-tuning
 * @param seconds that it took
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record PrunedNetwork(
    String parentId,
    PruningMethod method,
    double sparsity,
    double rate,
    PruningMask mask,
    float[] parameters,
    NetworkMeasures before,
    NetworkMeasures pruned,
    NetworkMeasures after,
    PruningOutlook outlookPruned,
    PruningOutlook outlook,
    double seconds)
    implements Serializable {

  /** What tells its setting from others of the method. */
  PruningSetting setting() {
    return new PruningSetting(method, sparsity);
  }

  /** A row of the comparison. */
  record PruningSetting(PruningMethod method, double sparsity) implements Serializable {}
}

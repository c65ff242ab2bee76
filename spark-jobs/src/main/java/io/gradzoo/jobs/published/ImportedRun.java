package io.gradzoo.jobs.published;

import io.gradzoo.datasets.smallcnn.ZooMetricsRow;
import java.io.Serializable;

/**
 * A network on its way into the members table: all but its weights.
 *
 * @param memberId unique in the zoo
 * @param runId of its training run
 * @param architecture text form
 * @param split that its publishers put it in; null if they put it in none
 */
record ImportedRun(
    String memberId, String runId, String architecture, String split, ZooMetricsRow metrics)
    implements Serializable {}

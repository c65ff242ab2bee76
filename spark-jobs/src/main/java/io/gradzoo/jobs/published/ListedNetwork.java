package io.gradzoo.jobs.published;

import io.gradzoo.jobs.table.MembersTable.Hyperparameters;
import io.gradzoo.jobs.table.MembersTable.Published;
import io.gradzoo.jobs.table.MembersTable.Scores;
import java.io.Serializable;

/**
 * A network of a folder of files: all that is known of it before its file is read.
 *
 * @param path relative to the folder
 * @param memberId unique in the zoo
 * @param runId of its training run
 * @param epoch null if nobody says
 * @param architecture text form; empty if the file or its shapes say it
 */
record ListedNetwork(
    String path,
    String memberId,
    String runId,
    Integer epoch,
    String architecture,
    Scores scores,
    Hyperparameters hyperparameters,
    Published published)
    implements Serializable {}

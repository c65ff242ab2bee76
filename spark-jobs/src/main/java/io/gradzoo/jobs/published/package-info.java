/**
 * Zoos that others have published become members tables, and members are written as such zoos.
 *
 * <p>Reads and writes the files of the small CNN zoo on any file system of Hadoop's. Trains
 * nothing, and knows nothing of gradients.
 *
 * <p>Read {@link ZooImport}, then {@link WeightRange}, then {@link ZooExport}.
 */
package io.gradzoo.jobs.published;

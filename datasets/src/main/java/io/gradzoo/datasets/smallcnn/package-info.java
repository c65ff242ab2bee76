/**
 * The files of the small CNN zoo (Unterthiner et al. 2020): {@code layout.csv}, {@code
 * metrics.csv}, and the splits that others published of it.
 *
 * <p>Knows how its weights lie and what its columns mean; of weights it reads none.
 *
 * <p>Read {@link ZooLayout}, then {@link ZooMetrics}, then {@link PublishedSplit}.
 */
package io.gradzoo.datasets.smallcnn;

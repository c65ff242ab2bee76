/**
 * File formats, image sets and splits, and the one kind of error that unreadable input gives.
 *
 * <p>Of the engine it knows a few value types; never Spark, and never config.
 *
 * <p>Read {@link Place}, then {@link DataException}.
 */
package io.gradzoo.datasets;

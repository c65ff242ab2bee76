/**
 * File formats, image sets and splits, and the one kind of error that unreadable input gives. No
 * Spark.
 */
package io.gradzoo.datasets;

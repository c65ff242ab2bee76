/**
 * Gradzoo's tables: their schemas, and stores that publish them atomically.
 *
 * <p>The only package, with {@code parquet} below it and {@code jobs.session}, that knows Iceberg
 * and Parquet. Never lets a reader see half a table, or deletes what it did not write.
 *
 * <p>Read {@link TableStore}, then {@link TableSchema}, then {@link Staging}.
 */
package io.gradzoo.jobs.table;

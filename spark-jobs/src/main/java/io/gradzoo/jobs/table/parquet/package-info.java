/**
 * The data files of tables: Parquet, in which a long list of numbers is written as a whole where
 * Parquet's own writers take one number after the other.
 *
 * <p>Writes files and never commits them to a table: a file that nobody commits is an orphan, which
 * {@code gradzoo storage tidy} finds.
 *
 * <p>Read {@link DataFileWriter}, then {@link ParquetRows}, then {@link FloatLists}.
 */
package io.gradzoo.jobs.table.parquet;

/**
 * Care of the warehouse itself, whatever its tables hold.
 *
 * <p>Never changes a row of a table that is read.
 *
 * <p>Read {@link MigrationJob}, then {@link TidyJob}.
 */
package io.gradzoo.jobs.storage;

/**
 * Maintenance of the warehouse: migration, and removal of orphan files and old versions.
 *
 * <p>Never changes a row of a table that is read.
 *
 * <p>Read {@link MigrationJob}, then {@link TidyJob}.
 */
package io.gradzoo.jobs.storage;

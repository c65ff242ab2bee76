/**
 * Care of the warehouse itself, whatever its tables hold.
 *
 * <p>Never changes a row of a table.
 *
 * <p>Read {@link MigrationJob}.
 */
package io.gradzoo.jobs.storage;

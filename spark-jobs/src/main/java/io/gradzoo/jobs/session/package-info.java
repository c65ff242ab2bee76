/**
 * Spark sessions, configured for Gradzoo.
 *
 * <p>Sets what results and safety depend on: catalog, checksums, options of the JVM. Knows no job
 * and no table.
 *
 * <p>Read {@link Sessions}, then {@link JobDescription}.
 */
package io.gradzoo.jobs.session;

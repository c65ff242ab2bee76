/**
 * The stored values that metanetworks are compared with: reads the files, whose readers' formats
 * the engine does not know, and runs those of ScaleGMN.
 *
 * <p>Needs neither Spark nor a config, and judges no distance.
 *
 * <p>Read {@link GoldenFiles}, then {@link ScaleGmnCase}.
 */
package io.gradzoo.jobs.golden;

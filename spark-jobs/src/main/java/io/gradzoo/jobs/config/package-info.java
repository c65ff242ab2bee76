/**
 * Configs: layers of HOCON read into checked records, and the hashes that name artefacts.
 *
 * <p>With {@code config.block}, the only package that knows Typesafe Config. Reports all mistakes
 * at once; never starts Spark, and never takes a key it does not know.
 *
 * <p>Read {@link GradzooConfig}, then {@link ModelConfig}, then {@link EffectiveConfig}.
 */
package io.gradzoo.jobs.config;

/**
 * SQL functions for the columns of the tables: weights as matrices, gradients out of factors,
 * symmetries.
 *
 * <p>What they compute is the engine's; they read no tables and change none.
 *
 * <p>Read {@link SqlFunctions}, then {@link NetworkFunctions} and {@link GradientFunctions}.
 */
package io.gradzoo.jobs.sql;

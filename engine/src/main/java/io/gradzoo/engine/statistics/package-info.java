/**
 * Running statistics in double precision, with stated error bounds.
 *
 * <p>It depends on nothing else of the engine, and its results depend on the numbers and their
 * order alone.
 *
 * <p>Read {@link RunningVariance}, the one accumulator of means and variances.
 */
package io.gradzoo.engine.statistics;

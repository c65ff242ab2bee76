/**
 * Statistics of many numbers, in double precision and with errors that are stated: {@link
 * io.gradzoo.engine.statistics.RunningVariance} is the one accumulator of means and variances.
 * Depends on nothing else of the engine.
 */
package io.gradzoo.engine.statistics;

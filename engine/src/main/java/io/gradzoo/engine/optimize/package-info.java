/**
 * Update rules, schedules of the learning rate and clipping, each as one pass over flat parameters.
 *
 * <p>State is a plain array that its owner keeps; a rule knows neither the network nor the loss,
 * and reads no clock.
 *
 * <p>Read {@link Optimizer}, then {@link AdamW}, then {@link LearningRateSchedule}.
 */
package io.gradzoo.engine.optimize;

/**
 * Target networks, those whose weights and gradients are the data: architectures, their flat
 * parameters, forward and backward passes of batches, and their training.
 *
 * <p>Uses kernels and update rules. A network's random numbers are a function of the seed it is
 * given; nothing here knows metanetworks, gradient sets or tables.
 *
 * <p>Read {@link Architecture} and {@link LayeredArchitecture}, then {@link BatchedNetwork}, then
 * {@link TargetTraining}.
 */
package io.gradzoo.engine.network;

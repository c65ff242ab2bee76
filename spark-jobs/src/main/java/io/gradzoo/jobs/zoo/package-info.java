/**
 * Zoo generation: training runs of target networks, as rows of the members table.
 *
 * <p>A member is a pure function of the config and its id. Knows no metanetwork and no gradient
 * set.
 *
 * <p>Read {@link ZooGeneration}, then {@link RunPlan}, then {@link RunTrainer}.
 */
package io.gradzoo.jobs.zoo;

/**
 * The run directory that a training leaves, and the trained model in it.
 *
 * <p>One class reads and writes each file. A model is used only with the config and the members
 * that it was trained with, or what differs is said.
 *
 * <p>Read {@link RunDirectory}, then {@link TrainedModel}, then {@link ModelFile}.
 */
package io.gradzoo.jobs.run;

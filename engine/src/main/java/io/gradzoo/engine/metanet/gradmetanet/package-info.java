/**
 * GradMetaNet and GradMetaNet++ on the gradient sets of MLPs, convolutional networks and
 * transformers. An equation of the paper is one small record named after it.
 *
 * <p>Uses the tape, and neuron features for its inputs. Orders of samples in a set and of neurons
 * in a layer change no result.
 *
 * <p>Read {@link GradMetaNet}, then {@link Trunk}, then {@link SetLayer}.
 */
package io.gradzoo.engine.metanet.gradmetanet;

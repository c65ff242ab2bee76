/**
 * The kind neuron_mlp: a perceptron of each neuron, a baseline.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link NeuronMlpKind}.
 */
package io.gradzoo.jobs.model.neuronmlp;

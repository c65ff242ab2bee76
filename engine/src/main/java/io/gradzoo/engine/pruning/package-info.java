/**
 * Pruning of target networks: which weights stay, training that leaves the others at nothing, and
 * what a trained predictor of accuracies says of a sparse network.
 *
 * <p>Knows target networks and one kind of metanetwork, which predicts; reads no images by itself.
 *
 * <p>Read {@link PruningMask}, then {@link MaskedTraining}, then {@link GuidedSparsity}.
 */
package io.gradzoo.engine.pruning;

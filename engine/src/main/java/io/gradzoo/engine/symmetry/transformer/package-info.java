/**
 * Permutations of the neurons of transformers, space by space.
 *
 * <p>Knows transformers but no metanetwork: it is what metanetworks are tested with.
 *
 * <p>Read {@link TransformerPermutation}.
 */
package io.gradzoo.engine.symmetry.transformer;

/**
 * Permutations of the neurons of transformers, space by space.
 *
 * <p>Knows transformers but no metanetwork: metanetworks are judged by it.
 *
 * <p>Read {@link TransformerPermutation}.
 */
package io.gradzoo.engine.symmetry.transformer;

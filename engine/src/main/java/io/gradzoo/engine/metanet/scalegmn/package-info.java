/**
 * ScaleGMN: message passing on the graph of a target network, which respects permutations and
 * rescalings of hidden neurons. An equation of the paper is one small record named after it.
 *
 * <p>Uses the tape. Parameters depend on a network's ends and kinds of layers, never on hidden
 * widths; differences from the paper that the public code has are found behind one switch of its
 * config.
 *
 * <p>Read {@link ScaleGmn}, then {@link MessagePassing}, then {@link Canonicalizer}.
 */
package io.gradzoo.engine.metanet.scalegmn;

/**
 * Metanetworks that know less of symmetry than ScaleGMN and GradMetaNet, to be compared with them.
 *
 * <p>Each is a metanetwork like any other and is trained like one; no published number of another
 * program is used in its place.
 *
 * <p>Read {@link StatNn}, then {@link FlatMlp}, then {@link DeepSets}.
 */
package io.gradzoo.engine.metanet.baseline;

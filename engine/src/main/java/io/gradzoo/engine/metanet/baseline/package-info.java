/**
 * Baseline metanetworks: they respect fewer symmetries than ScaleGMN and GradMetaNet.
 *
 * <p>Each is a metanetwork like any other and is trained like one; no published number of another
 * program is used in its place.
 *
 * <p>Read {@link StatNn}, then {@link FlatMlp}, then {@link DeepSets}.
 */
package io.gradzoo.engine.metanet.baseline;

/**
 * Kinds of metanetworks: the interface through which jobs use them, implemented by each kind in a
 * folder of its own, and what kinds share.
 *
 * <p>Names no kind. A kind knows neither tables nor jobs: it reads its block of a config, says what
 * it uses of a member, builds its metanetwork and promises its symmetries.
 *
 * <p>Read {@link MetanetworkKind}, then {@link MetanetworkDesign}, then {@link GradientInput}.
 */
package io.gradzoo.jobs.model;

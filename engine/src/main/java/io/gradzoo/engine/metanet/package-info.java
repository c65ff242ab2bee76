/**
 * What all metanetworks have in common: their specs, their programs for one architecture, and how
 * these run.
 *
 * <p>Uses the tape and the architectures of target networks. Knows no particular metanetwork: each
 * has a package below this one.
 *
 * <p>Read {@link Metanetwork}, then {@link Program}, then {@link MetanetworkSpec}.
 */
package io.gradzoo.engine.metanet;

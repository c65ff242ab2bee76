/**
 * What all metanetworks have in common: how one is described, compiled for an architecture, and
 * run.
 *
 * <p>Uses the tape and the architectures of target networks. Knows no particular metanetwork: each
 * has a package below this one.
 *
 * <p>Read {@link Metanetwork}, then {@link Program}, then {@link MetanetworkSpec}.
 */
package io.gradzoo.engine.metanet;

/**
 * The tape: operations are recorded once for an architecture, put into stages, given their memory,
 * and run as often as wanted, forward and backward.
 *
 * <p>Uses kernels alone and knows no network. An operation is one class with its adjoint beside its
 * forward; once a tape is sealed, running it allocates nothing.
 *
 * <p>Read {@link Tape}, then {@link Operation}, then {@link Stage}.
 */
package io.gradzoo.engine.tensor;

/**
 * The tape: operations are recorded once for an architecture, simplified, and run as often as
 * wanted, forward and backward, by the device that was chosen for it.
 *
 * <p>Says what is computed and never how: an {@link io.gradzoo.engine.tensor.Operation} is a record
 * of its inputs, parameters and output. Knows no network, no kernel, no device; of all arrays only
 * those of parameters, inputs and outputs, which the caller reads and writes.
 *
 * <p>Read {@link Tape}, then {@link Operation}, then {@link Device}.
 */
package io.gradzoo.engine.tensor;

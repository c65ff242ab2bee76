/**
 * TensorBoard's event files: numbers of a training by round, as its scalars, and text.
 *
 * <p>Never reads what another program wrote.
 *
 * <p>Read {@link EventFile}.
 */
package io.gradzoo.datasets.event;

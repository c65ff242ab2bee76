/**
 * What families of networks of dense and convolution layers have in common: {@code
 * relu:64:dense16:dense10}.
 *
 * <p>Is no family itself, and names none.
 *
 * <p>Read {@link LayeredFamily}.
 */
package io.gradzoo.jobs.family.layered;

/**
 * Parameters of metanetworks that were trained elsewhere.
 *
 * <p>Gives back every parameter in its own place or says which is missing or too many; never fills
 * one in.
 *
 * <p>Read {@link PublicParameters}.
 */
package io.gradzoo.datasets.parameters;

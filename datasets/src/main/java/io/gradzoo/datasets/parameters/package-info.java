/**
 * Parameters of metanetworks that were trained elsewhere.
 *
 * <p>Returns every parameter by its name, or says which is missing or unknown; never fills one in.
 *
 * <p>Read {@link PublicParameters}.
 */
package io.gradzoo.datasets.parameters;

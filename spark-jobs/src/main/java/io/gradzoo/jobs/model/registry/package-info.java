/**
 * The list of all kinds of metanetworks.
 *
 * <p>Computes nothing, and is data to everybody else.
 *
 * <p>Read {@link BuiltInKinds}.
 */
package io.gradzoo.jobs.model.registry;

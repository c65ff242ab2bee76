/**
 * The list of all families of target networks.
 *
 * <p>Computes nothing.
 *
 * <p>Read {@link BuiltInFamilies}.
 */
package io.gradzoo.jobs.family.registry;

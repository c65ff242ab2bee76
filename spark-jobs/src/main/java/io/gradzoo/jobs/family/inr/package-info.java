/**
 * The family inr: sinusoidal networks, each of which is a signal over coordinates.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link InrFamily}.
 */
package io.gradzoo.jobs.family.inr;

/**
 * Families of target networks.
 *
 * <p>Knows architectures alone, and no job.
 *
 * <p>Read {@link MemberFamily}.
 */
package io.gradzoo.jobs.family;

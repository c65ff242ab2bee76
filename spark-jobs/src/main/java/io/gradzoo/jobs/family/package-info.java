/**
 * Families of target networks, as the rest of the jobs knows them: an interface that each family
 * implements in a folder of its own.
 *
 * <p>Names no family. A family knows architectures and the rows that hold gradients, and no job.
 *
 * <p>Read {@link MemberFamily}, then {@link FamilyGradients}.
 */
package io.gradzoo.jobs.family;

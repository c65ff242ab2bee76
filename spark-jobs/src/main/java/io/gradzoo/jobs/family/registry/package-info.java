/**
 * The list of all families of target networks, and that of their gradients, which are apart because
 * members of a zoo do not depend on them.
 *
 * <p>Computes nothing.
 *
 * <p>Read {@link BuiltInFamilies}, then {@link BuiltInGradients}.
 */
package io.gradzoo.jobs.family.registry;

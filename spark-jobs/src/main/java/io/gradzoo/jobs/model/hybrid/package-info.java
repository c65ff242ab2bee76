/**
 * The kinds hybrid and hybrid_plus_plus: a ScaleGMN that also reads what a GradMetaNet or
 * GradMetaNet++ makes of gradient sets.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link HybridKind}.
 */
package io.gradzoo.jobs.model.hybrid;

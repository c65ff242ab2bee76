/**
 * The kind scalegmn: a ScaleGMN on weights.
 *
 * <p>Nobody but the registry, and the hybrids, which have its block too, names it.
 *
 * <p>Read {@link ScaleGmnKind}.
 */
package io.gradzoo.jobs.model.scalegmn;

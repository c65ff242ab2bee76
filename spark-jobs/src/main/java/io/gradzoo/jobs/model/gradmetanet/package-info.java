/**
 * The kind gradmetanet: a GradMetaNet on factors of dense layers.
 *
 * <p>Nobody but the registry, and kinds that have its block too, names it.
 *
 * <p>Read {@link GradMetaNetKind}.
 */
package io.gradzoo.jobs.model.gradmetanet;

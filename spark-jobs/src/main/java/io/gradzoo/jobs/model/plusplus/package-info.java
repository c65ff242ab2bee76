/**
 * The kind gradmetanet_plus_plus: a GradMetaNet++ on factors of dense layers.
 *
 * <p>Nobody but the registry, and a hybrid, which has its block too, names it.
 *
 * <p>Read {@link PlusPlusKind}.
 */
package io.gradzoo.jobs.model.plusplus;

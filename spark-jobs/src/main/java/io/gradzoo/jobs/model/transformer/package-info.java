/**
 * The kind gradmetanet_transformer: a GradMetaNet on factors of a transformer's tokens.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link TransformerKind}.
 */
package io.gradzoo.jobs.model.transformer;

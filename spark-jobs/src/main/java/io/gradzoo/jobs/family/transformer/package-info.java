/**
 * The family transformer: small transformers, which read images as tokens.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link TransformerFamily}.
 */
package io.gradzoo.jobs.family.transformer;

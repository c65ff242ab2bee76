/**
 * The hybrid: a ScaleGMN on weights and on the gradient features that a GradMetaNet computes.
 *
 * <p>Combines the two and adds nothing to either. With a symmetry of rescalings it reads only
 * features that no rescaling changes.
 *
 * <p>Read {@link HybridMetanet}.
 */
package io.gradzoo.engine.metanet.hybrid;

/**
 * A ScaleGMN that reads weights together with what a GradMetaNet makes of a gradient set.
 *
 * <p>Puts the two together and adds nothing to either. With a symmetry of rescalings it reads only
 * features that no rescaling changes.
 *
 * <p>Read {@link HybridMetanet}.
 */
package io.gradzoo.engine.metanet.hybrid;

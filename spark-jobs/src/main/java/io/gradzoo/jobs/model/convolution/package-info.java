/**
 * The kind gradmetanet_convolution: a GradMetaNet on maps and signals of convolutions; our own.
 *
 * <p>Nobody but the registry names it.
 *
 * <p>Read {@link ConvolutionKind}.
 */
package io.gradzoo.jobs.model.convolution;

/**
 * Labelled images that target networks are trained on.
 *
 * <p>Reads what comes in the jar. Never fetches anything.
 *
 * <p>Read {@link ImageSet}, then {@link ImageSets}, then {@link DigitImages}.
 */
package io.gradzoo.datasets.image;

/**
 * Labelled images that target networks are trained on.
 *
 * <p>Reads what comes in the jar, and files of sets that others publish as they are published.
 * Never fetches anything.
 *
 * <p>Read {@link ImageSet}, then {@link ImageSource}, then {@link ImageSets}.
 */
package io.gradzoo.datasets.image;

/** Labelled images that target networks are trained on. */
package io.gradzoo.datasets.image;

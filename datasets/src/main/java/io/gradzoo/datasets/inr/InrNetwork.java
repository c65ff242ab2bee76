package io.gradzoo.datasets.inr;

import java.io.Serializable;

/**
 * A file of a zoo of implicit neural representations.
 *
 * @param path relative to the zoo's folder, with slashes
 * @param run the image's place, which all its networks share
 * @param imageId of the image among those of its set; null if the path does not say
 * @param label of the image; null if the path does not say
 */
public record InrNetwork(String path, String run, String imageId, Integer label)
    implements Serializable {}

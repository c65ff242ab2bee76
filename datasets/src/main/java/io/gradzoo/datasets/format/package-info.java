/**
 * Strict readers and writers of array files: npy, npz, safetensors, idx, MATLAB 5 and CSV. Nothing
 * a file claims is believed before it is checked.
 *
 * <p>Knows bytes and arrays, not what they mean. Never allocates by a length that a file only
 * claims, and never runs anything out of it.
 *
 * <p>Read {@link NpyReader}, then {@link ZipArchive}, then {@link Safetensors}.
 */
package io.gradzoo.datasets.format;

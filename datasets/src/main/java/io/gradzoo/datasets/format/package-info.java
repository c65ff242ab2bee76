/**
 * Strict readers and writers of array files: npy, npz, safetensors, idx, MATLAB 5 and CSV. Every
 * claim of a file is checked before it is used.
 *
 * <p>Knows bytes and arrays, not what they mean. Never allocates what a file only claims to hold,
 * and never runs code from a file.
 *
 * <p>Read {@link NpyReader}, then {@link ZipArchive}, then {@link Safetensors}.
 */
package io.gradzoo.datasets.format;

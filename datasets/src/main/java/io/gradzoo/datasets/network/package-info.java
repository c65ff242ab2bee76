/**
 * Files that hold one network each, as tensors by name or as a whole model, and the file that
 * describes a folder of them.
 *
 * <p>Says what a file holds, and nothing of tables. Of a model's architecture it knows the text
 * alone.
 *
 * <p>Read {@link NetworkFormat}, then {@link StoredNetwork}, then {@link FolderDescription}.
 */
package io.gradzoo.datasets.network;

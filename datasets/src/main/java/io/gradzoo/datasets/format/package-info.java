/**
 * Strict readers and writers of array files. Nothing a file claims is believed before it is
 * checked.
 */
package io.gradzoo.datasets.format;

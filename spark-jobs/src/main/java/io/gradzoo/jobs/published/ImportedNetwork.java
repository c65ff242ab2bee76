package io.gradzoo.jobs.published;

import java.io.Serializable;

/**
 * A network on its way into the members table.
 *
 * @param sha256 of its file, in hex
 */
record ImportedNetwork(ListedNetwork listed, String sha256) implements Serializable {}

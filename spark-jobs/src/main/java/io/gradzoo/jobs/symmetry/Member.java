package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.network.Architecture;

/**
 * A network of a zoo.
 *
 * @param parameters flat
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record Member(Architecture architecture, float[] parameters) {}

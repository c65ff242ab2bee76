package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.network.TargetArchitecture;

/**
 * A network of a zoo.
 *
 * @param parameters flat
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record Member(TargetArchitecture architecture, float[] parameters) {}

package io.gradzoo.jobs.family;

import io.gradzoo.engine.gradient.Signal;

/**
 * What gradients are taken of.
 *
 * @param parameters flat
 * @param probe samples
 * @param signal what is differentiated
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record ProbedMember(float[] parameters, ProbeSamples probe, Signal signal) {}

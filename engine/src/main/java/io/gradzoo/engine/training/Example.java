package io.gradzoo.engine.training;

import java.io.Serializable;

/**
 * One target network as a metanetwork sees it, with the number to predict.
 *
 * @param id of the member; its order breaks every tie
 * @param architecture text form of the target network's architecture
 * @param input what {@link io.gradzoo.engine.metanet.Program#load} takes: flat parameters, or
 *     gradient features
 * @param target in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record Example(String id, String architecture, float[] input, float target)
    implements Serializable {}

/**
 * Metanetworks as layers of DL4J, and trainings whose rounds DL4J Spark's parameter averaging
 * makes.
 *
 * <p>Nothing else of this program knows DL4J: {@code train} finds this package as a service where
 * the class path has it. What a layer computes is the engine's; ND4J's arrays carry numbers in and
 * out.
 *
 * <p>Read {@link MetanetworkLayer}, then {@link EngineLayer}, then {@link Dl4jRounds}.
 */
package io.gradzoo.jobs.dl4j;

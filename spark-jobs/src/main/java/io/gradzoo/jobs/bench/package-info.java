/**
 * Benchmarks of the engine on this machine.
 *
 * <p>Runs threads of its own; only {@link TrainBench} and {@link AveragingBench} open a Spark
 * session. Writes nothing. Names no kind of metanetwork: the command line says which is measured.
 *
 * <p>Read {@link BenchSubject}, then {@link MetanetworkBench}, then {@link SgemmPeak}.
 */
package io.gradzoo.jobs.bench;

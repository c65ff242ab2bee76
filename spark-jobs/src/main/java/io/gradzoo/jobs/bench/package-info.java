/** Benchmarks of the engine on this machine; no Spark session. */
package io.gradzoo.jobs.bench;

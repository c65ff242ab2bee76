/** Configs: layers of HOCON read into checked records, and the hashes that name artefacts. */
package io.gradzoo.jobs.config;

/**
 * What the tests of this module and of {@code tests} have in common: one Spark session, jobs in a
 * folder of their own ({@link io.gradzoo.testing.JobRun}), commands and what came of them ({@link
 * io.gradzoo.testing.Outcome}). The build ships this package as a jar of tests.
 */
package io.gradzoo.testing;

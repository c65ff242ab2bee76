package io.gradzoo.jobs.facade;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.report.NetworkDetails;

/** What is known of the networks that charts show. */
record ShownNetworks(NetworkDetails networks) implements JobResult {}

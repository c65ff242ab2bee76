package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.JobResult;

/**
 * A zoo that was made.
 *
 * @param members all of them
 * @param lost those among them that diverged or failed
 */
public record Zoo(String name, long members, long lost) implements JobResult {}

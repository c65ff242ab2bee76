/**
 * Code versions: the version of a result is a hash of the classes that compute it.
 *
 * <p>It reads class files and nothing else, and knows no job: a job names the class that its result
 * begins with, and the code versions of what it is made from.
 *
 * <p>Read {@link CodeVersion}, then {@link ClassClosure} and {@link ClassImage}; {@link Build}
 * names the build as people do.
 */
package io.gradzoo.jobs.code;

/**
 * Which code made a result. Read {@link io.gradzoo.jobs.code.CodeVersion} first: the identity of
 * the classes that a result depends on. {@link io.gradzoo.jobs.code.Build} says which build this
 * is.
 */
package io.gradzoo.jobs.code;

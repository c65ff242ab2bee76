/** Spark sessions as Gradzoo needs them. */
package io.gradzoo.jobs.session;

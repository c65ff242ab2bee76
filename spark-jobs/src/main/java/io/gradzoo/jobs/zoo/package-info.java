/** Jobs on zoos. */
package io.gradzoo.jobs.zoo;

/** Gradzoo's tables: their columns, and stores that publish them all or not at all. */
package io.gradzoo.jobs.table;

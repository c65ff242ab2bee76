/**
 * Networks and their gradients rebuilt from the tables, in double, by the words of docs/formats.md
 * alone: whatever these classes need to know, the page must say. They use nothing of Gradzoo's; the
 * test beside them runs the jobs whose tables they read.
 */
package io.gradzoo.reader;

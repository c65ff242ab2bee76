package io.gradzoo.jobs.table;

import java.time.Instant;

/**
 * What a store knows about one of its tables without reading the rows.
 *
 * @param id its name
 * @param schemaVersion version of its columns
 * @param rows their count
 * @param bytes of its data files
 * @param made when it was published
 * @param location its folder
 * @param properties where the rows come from
 */
public record StoredTable(
    TableId id,
    int schemaVersion,
    long rows,
    long bytes,
    Instant made,
    String location,
    TableProperties properties) {}

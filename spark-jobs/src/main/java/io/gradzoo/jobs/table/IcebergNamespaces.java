package io.gradzoo.jobs.table;

import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;

/** The namespaces of an Iceberg catalog: one for each zoo. */
final class IcebergNamespaces {
  private IcebergNamespaces() {}

  /** Makes the namespace of a zoo if the catalog has none. */
  static void create(Catalog catalog, String zoo) {
    Namespace namespace = Namespace.of(zoo);
    if (!(catalog instanceof SupportsNamespaces namespaces)
        || namespaces.namespaceExists(namespace)) {
      return;
    }
    try {
      namespaces.createNamespace(namespace);
    } catch (RuntimeException e) {
      if (!namespaces.namespaceExists(namespace)) {
        throw e;
      }
      // Another command made it in between, of which a JDBC catalog says no more than its database.
    }
  }
}

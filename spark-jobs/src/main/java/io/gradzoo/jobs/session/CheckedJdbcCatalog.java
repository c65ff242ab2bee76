package io.gradzoo.jobs.session;

import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Iceberg's JDBC catalog, which waits for nothing that does not come: for damaged metadata, and for
 * a database that does not answer when a connection is opened. Many may make the same new catalog
 * at once.
 */
public class CheckedJdbcCatalog extends JdbcCatalog {
  private static final int LOGIN_SECONDS = 10;

  private static final String LOCATION =
      "SELECT metadata_location FROM iceberg_tables"
          + " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";

  private final Function<Map<String, String>, JdbcClientPool> clients;
  private JdbcClientPool locations;
  private FileIO files;
  private Configuration configuration;

  /** For Iceberg, which makes catalogs by their class's name. */
  public CheckedJdbcCatalog() {
    this(properties -> new JdbcClientPool(1, properties.get(CatalogProperties.URI), properties));
  }

  CheckedJdbcCatalog(Function<Map<String, String>, JdbcClientPool> clients) {
    super(null, clients, true);
    this.clients = clients;
  }

  @Override
  public void initialize(String name, Map<String, String> properties) {
    if (DriverManager.getLoginTimeout() == 0) {
      DriverManager.setLoginTimeout(LOGIN_SECONDS);
    }
    locations = clients.apply(properties);
    files =
        CatalogUtil.loadFileIO(
            properties.getOrDefault(CatalogProperties.FILE_IO_IMPL, HadoopFileIO.class.getName()),
            properties,
            configuration);
    try {
      super.initialize(name, properties);
    } catch (UncheckedSQLException e) {
      if (CatalogFailures.unreachable(properties.get(CatalogProperties.URI), e).isPresent()) {
        throw e;
      }
      // another process may have made the catalog's tables at this moment: now they are there
      super.initialize(name, properties);
    }
  }

  @Override
  public void setConf(Object conf) {
    configuration = (Configuration) conf;
    super.setConf(conf);
  }

  /**
   * Loads a table. Its metadata are read beforehand: Iceberg takes damaged ones for a store that is
   * not consistent yet, and would try again for a minute and a half.
   */
  @Override
  public Table loadTable(TableIdentifier id) {
    metadataLocation(id).ifPresent(location -> TableMetadataParser.read(files, location));
    return super.loadTable(id);
  }

  @Override
  public void close() {
    super.close();
    locations.close();
    files.close();
  }

  /** Where the newest metadata of a table are; empty if there is no such table. */
  private Optional<String> metadataLocation(TableIdentifier id) {
    try {
      return locations.run(
          connection -> {
            try (PreparedStatement query = connection.prepareStatement(LOCATION)) {
              query.setString(1, name());
              query.setString(2, id.namespace().toString());
              query.setString(3, id.name());
              try (ResultSet found = query.executeQuery()) {
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
              }
            }
          });
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "cannot read the catalog: %s", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the catalog", e);
    }
  }
}

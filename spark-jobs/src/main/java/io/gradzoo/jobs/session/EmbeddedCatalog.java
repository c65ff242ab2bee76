package io.gradzoo.jobs.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.ClientPool;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.sqlite.JDBC;

/**
 * Iceberg's JDBC catalog on an SQLite file: any tool that reads JDBC catalogs can read it.
 *
 * <p>Each action has a connection of its own. Iceberg keeps connections, and leaves result sets
 * open on them; in SQLite a statement that is not at its end holds a lock, and so would keep every
 * other process from committing for as long as this one lives.
 */
public final class EmbeddedCatalog extends JdbcCatalog {
  private static final String LOCATION =
      "SELECT metadata_location FROM iceberg_tables"
          + " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";

  /**
   * A commit waits its turn for a minute, and is on the disk when it is said to be done. The
   * rollback journal, not the write-ahead log: it needs no shared memory, no file stays beside the
   * catalog, and who may only read can.
   */
  private static final Map<String, String> SQLITE =
      Map.of("busy_timeout", "60000", "journal_mode", "DELETE", "synchronous", "FULL");

  private Connections connections;
  private Configuration configuration;

  /** For Iceberg, which makes catalogs by their class's name. */
  public EmbeddedCatalog() {
    super(null, properties -> new Connections(properties), true);
  }

  @Override
  public void initialize(String name, Map<String, String> properties) {
    connections = new Connections(properties);
    super.initialize(name, properties);
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
    metadataLocation(id)
        .ifPresent(location -> TableMetadataParser.read(new HadoopFileIO(configuration), location));
    return super.loadTable(id);
  }

  /** Where the newest metadata of a table are; empty if there is no such table. */
  private Optional<String> metadataLocation(TableIdentifier id) {
    try {
      return connections.run(
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

  private static final class Connections extends JdbcClientPool {
    private final String uri;

    Connections(Map<String, String> properties) {
      super(1, properties.get(CatalogProperties.URI), properties);
      this.uri = properties.get(CatalogProperties.URI);
    }

    @Override
    protected Connection newClient() {
      Properties settings = new Properties();
      settings.putAll(SQLITE);
      try {
        return JDBC.createConnection(uri, settings);
      } catch (SQLException e) {
        throw new UncheckedSQLException(e, "cannot open the catalog: %s", e.getMessage());
      }
    }

    @Override
    public <R> R run(ClientPool.Action<R, Connection, SQLException> action)
        throws SQLException, InterruptedException {
      return run(action, false);
    }

    @Override
    public <R> R run(ClientPool.Action<R, Connection, SQLException> action, boolean retry)
        throws SQLException, InterruptedException {
      try (Connection connection = newClient()) {
        return action.run(connection);
      }
    }
  }
}

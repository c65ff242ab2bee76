package io.gradzoo.jobs.session;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.ClientPool;
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
public final class EmbeddedCatalog extends CheckedJdbcCatalog {
  /**
   * A commit waits its turn for a minute, and is on the disk when it is said to be done. The
   * rollback journal, not the write-ahead log: it needs no shared memory, no file stays beside the
   * catalog, and who may only read can.
   */
  private static final Map<String, String> SQLITE =
      Map.of("busy_timeout", "60000", "journal_mode", "DELETE", "synchronous", "FULL");

  /**
   * Property of a catalog that SQL may read and that no step has used: it is not made by reading.
   */
  static final String OFFERED = "offered";

  /** For Iceberg, which makes catalogs by their class's name. */
  public EmbeddedCatalog() {
    super(Connections::new);
  }

  private static final class Connections extends JdbcClientPool {
    private final String uri;
    private final boolean offered;

    Connections(Map<String, String> properties) {
      super(1, properties.get(CatalogProperties.URI), properties);
      this.uri = properties.get(CatalogProperties.URI);
      this.offered = properties.containsKey(OFFERED);
    }

    @Override
    protected Connection newClient() {
      if (offered) {
        requireMade(Path.of(URI.create(uri.substring(JDBC.PREFIX.length()))));
      }
      Properties settings = new Properties();
      settings.putAll(SQLITE);
      try {
        return JDBC.createConnection(uri, settings);
      } catch (SQLException e) {
        throw new UncheckedSQLException(e, "cannot open the catalog: %s", e.getMessage());
      }
    }

    private static void requireMade(Path database) {
      if (database.toFile().length() == 0) {
        throw GradzooException.data(
            Fault.of("catalog " + Sessions.CATALOG)
                .at(database.getParent())
                .expected("a warehouse")
                .found("none yet")
                .fix("gradzoo zoo generate"));
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

package io.gradzoo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.testing.Outcome;
import io.gradzoo.testing.SharedSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Catalogs that are not there, or take a connection and never say a word. */
@Timeout(60)
class AbsentCatalogTest {
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir Path folder;
  private ServerSocket silent;

  @BeforeEach
  void listen() throws IOException {
    SharedSession.get();
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    silent.close();
    DriverManager.setLoginTimeout(0);
  }

  @Test
  void aRestServerThatIsNotThereIsNamed() {
    list("type = rest, uri = \"http://" + NOBODY + "\"")
        .refused(4, "catalog: http://" + NOBODY + ": cannot be reached", "Connect");
  }

  @Test
  void aRestServerThatDoesNotAnswerIsNotWaitedFor() {
    String uri = "http://" + silentAddress();

    list("type = rest, uri = \"" + uri + "\", \"rest.client.socket-timeout-ms\" = 300")
        .refused(4, "catalog: " + uri + ": cannot be reached", "timed out");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutItsPassword() {
    Outcome outcome = database(NOBODY).refused(4, "catalog: jdbc:postgresql://" + NOBODY + "/zoos");

    assertThat(String.join("\n", outcome.err())).doesNotContain("HUSH");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNotWaitedFor() {
    DriverManager.setLoginTimeout(1);

    database(silentAddress())
        .refused(4, "catalog: jdbc:postgresql://" + silentAddress(), "cannot be reached");
  }

  private Outcome database(String address) {
    return list(
        "type = jdbc, uri = \"jdbc:postgresql://" + address + "/zoos?user=ada&password=HUSH\"");
  }

  private String silentAddress() {
    return "127.0.0.1:" + silent.getLocalPort();
  }

  private Outcome list(String catalog) {
    return new Workplace(folder).gradzoo("zoo", "list", "--set=storage.catalog={" + catalog + "}");
  }
}

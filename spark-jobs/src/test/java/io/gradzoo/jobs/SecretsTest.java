package io.gradzoo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hidden, and what is not. */
class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.secret.key=HUSH",
        "spark.hadoop.fs.s3a.access.key = HUSH",
        "s3.secret-access-key=HUSH, next=1",
        "fs.azure.account.key.x.dfs.core.windows.net=HUSH",
        "{\"token\" : \"HUSH\", \"a\": 1}",
        "jdbc.password=HUSH&user=me",
        "credential=\"HUSH\"",
        "jdbc:postgresql://me:HUSH@host/db",
        "https://HUSH@host/x"
      })
  void secretsAreHidden(String text) {
    assertThat(Secrets.hidden(text)).doesNotContain("HUSH").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transformer:v32:t8:d16:h4:f32:l2:gelu:causal:token32",
        "model: tokens: expected 3, found 4",
        "config: zoo.runs: expected a whole number from 1, found \"x\"",
        "hdfs://host:9000/a@b",
        "/tmp/a=b/c",
        "{\"token-width\" : 8, \"architecture\" : \"transformer:token32\"}",
        "models.x.token-width=8"
      })
  void otherTextStaysAsItIs(String text) {
    assertThat(Secrets.hidden(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "spark.authenticate.secret, true",
    "s3.secret-access-key, true",
    "oauth2-server-token, true",
    "fs.azure.account.key.x, true",
    "storage.warehouse, false",
    "models.x.token-width, false",
    "zoo.batch-size, false"
  })
  void keysOfSecretsAreKnown(String key, boolean secret) {
    assertThat(Secrets.names(key)).isEqualTo(secret);
  }
}

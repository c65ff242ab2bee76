package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.table.StorageConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where trainings and their evaluations are shown besides their run directories; none of it is part
 * of any artefact's identity.
 *
 * @param tensorboard folder of this machine for TensorBoard's event files
 * @param mlflow address of an MLflow tracking server
 * @param experiment its experiment
 */
public record TrackingConfig(
    Optional<String> tensorboard, Optional<String> mlflow, String experiment) {
  private static final String NONE = "none";
  private static final String ADDRESS = "none or an address such as http://HOST:5000";

  static TrackingConfig read(Section section) {
    TrackingConfig tracking =
        new TrackingConfig(
            Optional.of(StorageConfig.folder(section, "tensorboard")).filter(TrackingConfig::named),
            server(section, "mlflow"),
            section.text("experiment", "a name", text -> !text.isBlank()));
    section.finish();
    return tracking;
  }

  /** What it is called with stays out of every artefact, so it is not part of an address. */
  private static Optional<String> server(Section section, String key) {
    String text = section.text(key, ADDRESS, value -> !named(value) || uri(value).isPresent());
    Optional<URI> address =
        Optional.of(text).filter(TrackingConfig::named).flatMap(each -> uri(each));
    if (address.isPresent() && address.get().getRawUserInfo() != null) {
      section.problem(
          key,
          Fault.here()
              .expected("an address without user and password")
              .found("one with them")
              .fix("MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD of the environment"));
    }
    return address.map(uri -> uri.toString().replaceFirst("/+$", ""));
  }

  private static boolean named(String text) {
    return !text.equals(NONE);
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme());
      boolean known = scheme.equals("http") || scheme.equals("https");
      return known
              && uri.getHost() != null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}

package io.gradzoo.jobs.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.BoundaryUpdate;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Canonicalization;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.HiddenEncoding;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Positions;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.ReadoutNodes;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import java.util.Locale;

/** The public implementation's arguments, read as ours. */
final class PublicConfig {
  private PublicConfig() {}

  /**
   * @param args arguments of the public code, as the manifest records them
   * @param head {@code inv}, {@code wb} or {@code xe}
   */
  static ScaleGmnConfig read(JsonNode args, String head, Compatibility compatibility) {
    JsonNode gnn = args.get("gnn_args");
    JsonNode positions = args.get("positional_encodings");
    float dropout = (float) gnn.get("dropout").asDouble();
    return new ScaleGmnConfig(
        RescalingGroup.valueOf(args.get("symmetry").asText().toUpperCase(Locale.ROOT)),
        Direction.valueOf(args.get("direction").asText().toUpperCase(Locale.ROOT)),
        args.get("d_hid").asInt(),
        args.get("num_layers").asInt(),
        head(args, head),
        gnn.get("sign_symmetrization").asBoolean()
            ? Canonicalization.SYMMETRIZED
            : Canonicalization.ABSOLUTE,
        ScaleGmnConfig.Phases.AS_GIVEN,
        gnn.get("mlp_on_io").asBoolean() ? BoundaryUpdate.PERCEPTRON : BoundaryUpdate.GATE,
        gnn.get("msg_num_mlps").asInt(),
        gnn.get("upd_num_mlps").asInt(),
        new Positions(
            positions.get("equiv_net").asBoolean()
                ? HiddenEncoding.EQUIVARIANT_NETWORK
                : HiddenEncoding.PRODUCT,
            positions.get("sum_on_io").asBoolean(),
            positions.get("num_mlps").asInt(),
            args.get("edge_pos_embed").asBoolean(),
            gnn.get("pos_embed_msg").asBoolean(),
            gnn.get("pos_embed_upd").asBoolean()),
        args.get("gnn_skip_connections").asBoolean(),
        args.get("mlp_args").get("layer_norm").asBoolean(),
        dropout,
        gnn.get("dropout_all").asBoolean() ? dropout : 0f,
        compatibility);
  }

  private static ScaleGmnHead head(JsonNode args, String head) {
    return switch (head) {
      case "inv" ->
          new ScaleGmnHead.Invariant(
              ReadoutNodes.valueOf(args.get("readout_range").asText().toUpperCase(Locale.ROOT)),
              args.get("readout_args").get("d_out").asInt());
      case "wb" -> new ScaleGmnHead.ParameterDeltas((float) args.get("out_scale").asDouble());
      case "xe" -> new ScaleGmnHead.GraphDeltas(9);
      default -> throw new IllegalArgumentException("head " + head);
    };
  }
}

package io.gradzoo.architecture;

import io.gradzoo.jobs.model.MetanetworkDesign;
import io.gradzoo.jobs.model.MetanetworkKind;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A kind of metanetwork is one folder, and the registry alone says which there are. */
class KindRulesTest {
  private static final FolderRules KINDS = new FolderRules("model");

  @Test
  void nobodyButTheRegistryDependsOnTheFolderOfAKind() {
    KINDS.requireKnownToTheRegistryAlone(
        "everybody else knows kinds as MetanetworkKind and MetanetworkDesign");
  }

  @Test
  void onlyReadersOfConfigsTakeTheRegistry() {
    KINDS.requireRegistryReadByConfigsAlone(
        "a config says which kinds it may name, and jobs go on with these");
  }

  @Test
  void kindsAndDesignsLieInFoldersOfKindsAndEveryKindIsRegistered() {
    KINDS.requireInFolders(MetanetworkKind.class);
    KINDS.requireInFolders(MetanetworkDesign.class);
    KINDS.requireRegistered(MetanetworkKind.class, BuiltInKinds.ALL.all());
  }

  @Test
  void kindsKnowNoTableAndNoJob() {
    KINDS.requireNeitherTablesNorExamples();
  }

  /** But for words of the command line and names of stages. */
  @Test
  void nobodyElseWritesTheNameOfAKind() throws IOException {
    KINDS.requireNamedNowhereElse(BuiltInKinds.ALL.names(), Set.of("cli", "ml"));
  }
}

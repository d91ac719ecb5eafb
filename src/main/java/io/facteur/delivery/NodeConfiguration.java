package io.facteur.delivery;

import io.facteur.delivery.journal.Installation;
import io.facteur.delivery.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives the node its name ({@code facteur.node}, else one made up once and kept in the data folder)
 * and its journal.
 */
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {

  @Bean
  Node node(@Value("${facteur.node:}") String configured, @Value("${facteur.data}") Path data) {
    return new Node(configured.isBlank() ? remembered(data.resolve("node")) : configured.strip());
  }

  @Bean
  Journal journal(
      @Value("${facteur.data}") Path data,
      @Value("${facteur.recovery.journal-days:35}") int days,
      Node node,
      Installation installation,
      Clock clock) {
    return new Journal(data.resolve("handed-over"), node.name(), days, installation, clock);
  }

  private static String remembered(Path file) {
    try {
      String known = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!known.isEmpty()) {
        return known;
      }
      byte[] random = new byte[4];
      new SecureRandom().nextBytes(random);
      String name = "node-" + HexFormat.of().formatHex(random);
      Files.createDirectories(file.getParent());
      // A kill in the midst of it must not leave a node without a name, or with half of one.
      Path part = Files.writeString(file.resolveSibling("node.part"), name + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the node's name in " + file, e);
    }
  }
}

package io.facteur.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that starts the server of a folder and dies without any chance to stop it. */
final class KilledFacteur {

  private KilledFacteur() {}

  public static void main(String[] arguments) {
    EmbeddedMariaDb.start(
        Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length), step -> {});
    Runtime.getRuntime().halt(137);
  }

  static void leaveBehind(Path folder, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KilledFacteur.class.getName());
    command.add(folder.toString());
    command.addAll(options);
    Process killed =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int status = killed.waitFor();
    if (status != 137) {
      throw new IllegalStateException("ended with status " + status);
    }
  }
}

package io.facteur.check;

import io.facteur.camel.RouteCheck;
import io.facteur.dispatch.DispatchSettings;
import io.facteur.dispatch.FallbackPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Channels that settings name have to be there: else documents would be skipped, without a word.
 */
final class ChannelSettings {

  private ChannelSettings() {}

  /** Settings that name a channel which no route file declares. */
  static List<String> check(ConfigurableEnvironment environment, Path routes) {
    Set<String> declared = RouteCheck.channels(routes);
    if (declared.isEmpty()) {
      return List.of(); // the routes cannot be read, which is told
    }
    List<String> findings = new ArrayList<>();
    try {
      DispatchSettings settings =
          Binder.get(environment).bindOrCreate("facteur.dispatch", DispatchSettings.class);
      for (String channel : settings.defaultChannels()) {
        if (!declared.contains(channel)) {
          findings.add(unknown(environment, "default-channels", channel, declared, ""));
        }
      }
      String fallback = settings.fallbackChannel();
      if (!fallback.equals(FallbackPolicy.NONE) && !declared.contains(fallback)) {
        findings.add(unknown(environment, "fallback-channel", fallback, declared, ", or NONE"));
      }
    } catch (BindException e) {
      return List.of(); // a value that cannot be used, which is told
    }
    return findings;
  }

  private static String unknown(
      ConfigurableEnvironment environment,
      String setting,
      String channel,
      Set<String> declared,
      String more) {
    String name = "facteur.dispatch." + setting;
    return "%ssetting '%s' names the channel '%s', which no file in routes/channels declares: there are %s%s"
        .formatted(
            SettingPlace.of(environment, name), name, channel, String.join(", ", declared), more);
  }
}

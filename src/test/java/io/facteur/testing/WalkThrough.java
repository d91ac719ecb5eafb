package io.facteur.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Runs the {@code curl} commands of a document against a server and compares each answer with what
 * the document shows below it, so that the document stays true. It knows as much of the shell and
 * of curl as such documents need.
 */
public final class WalkThrough {

  private static final Pattern BLOCK = Pattern.compile("```(sh|json)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ASSIGNED =
      Pattern.compile("([A-Z]+)=\\$\\((curl .*)\\| jq -r \\.([A-Za-z.]+)\\)\\s*", Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("([A-Z]+)=(\\S+)\\s*");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Map<String, String> variables = new HashMap<>();
  private final int port;
  private Request last;
  private Answer answer;
  private int compared;

  private record Answer(int status, JsonNode json) {}

  private record Request(String method, URI uri, Map<String, String> headers, String body) {}

  /** Against a server on this machine. */
  public WalkThrough(int port, Map<String, String> variables) {
    this.port = port;
    this.variables.putAll(variables);
  }

  /**
   * Runs all commands of the file in their order.
   *
   * @return how many answers were compared
   */
  public int run(Path file) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(file));
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        ShellWords.commands(block.group(2)).forEach(this::command);
      } else {
        compare(JSON.readTree(block.group(2)), block.group(2));
      }
    }
    return compared;
  }

  private void command(String command) {
    Matcher assigned = ASSIGNED.matcher(command);
    Matcher variable = VARIABLE.matcher(command);
    if (assigned.matches()) {
      curl(assigned.group(2));
      JsonNode value = answer.json().at("/" + assigned.group(3).replace('.', '/'));
      assertThat(value.isMissingNode()).as("%s%n%s", command, answer.json()).isFalse();
      variables.put(assigned.group(1), value.asText());
    } else if (variable.matches()) {
      String value = ShellWords.split(variable.group(2), variables).get(0);
      variables.put(variable.group(1), value.replaceFirst("(//[^/:]+):\\d+", "$1:" + port));
    } else {
      curl(command);
    }
  }

  private void curl(String command) {
    Iterator<String> words = ShellWords.split(command, variables).iterator();
    assertThat(words.next()).as(command).isEqualTo("curl");
    String method = null;
    String body = null;
    URI uri = null;
    Map<String, String> headers = new HashMap<>();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "-s" -> {}
        case "-X" -> method = words.next();
        case "-H" -> {
          String[] header = words.next().split(":\\s*", 2);
          headers.put(header[0], header[1]);
        }
        case "-u" -> {
          byte[] user = words.next().getBytes(StandardCharsets.UTF_8);
          headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        case "--json" -> {
          body = words.next();
          headers.put("Content-Type", "application/json");
          headers.put("Accept", "application/json");
        }
        default -> uri = URI.create(word);
      }
    }
    String verb = method != null ? method : body == null ? "GET" : "POST";
    last = new Request(verb, uri, headers, body);
    answer = send(last);
  }

  private static Answer send(Request request) {
    var builder =
        HttpRequest.newBuilder(request.uri())
            .method(
                request.method(),
                request.body() == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    try {
      HttpResponse<String> response =
          HTTP.send(builder.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What only reads is asked again until it shows what is expected: mails take a moment. */
  private void compare(JsonNode expected, String text) {
    compared++;
    if (last.method().equals("GET")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertShows(send(last).json(), expected, "GET " + last.uri() + "\n" + text));
    } else {
      assertShows(answer.json(), expected, last.method() + " " + last.uri() + "\n" + text);
    }
  }

  /** Of objects what is expected is there; lists of them may go on. */
  private static void assertShows(JsonNode actual, JsonNode expected, String what) {
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(field -> assertShows(actual.path(field.getKey()), field.getValue(), what));
    } else if (expected.isArray() && !expected.isEmpty() && expected.get(0).isObject()) {
      assertThat(actual.size()).as("%s%n%s", what, actual).isGreaterThanOrEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertShows(actual.get(i), expected.get(i), what);
      }
    } else {
      assertThat(actual).as("%s%n%s", what, actual).isEqualTo(expected);
    }
  }
}

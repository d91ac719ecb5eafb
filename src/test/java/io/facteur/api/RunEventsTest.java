package io.facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.RunId;
import io.facteur.run.Runs;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A run's progress as server-sent events. */
class RunEventsTest extends ApiTest {

  private static final ExecutorService READERS = Executors.newCachedThreadPool();

  @Autowired Runs runs;

  @AfterAll
  static void stopReading() {
    READERS.shutdownNow();
  }

  @Test
  void listenersHearEachChangeOnceAndTheStreamEndsWithTheRun() throws Exception {
    RunId run = run();
    Listener first = listen(run);
    Listener second = listen(run);
    first.awaitEvents(1);
    second.awaitEvents(1);

    runs.documentsMade(run, 0);
    first.awaitEvents(2);
    second.awaitEvents(2);
    runs.completeThoseAtRest();

    for (Listener listener : List.of(first, second)) {
      listener.end();
      assertThat(listener.events())
          .containsExactly("event:progress", "event:progress", "event:finished");
      assertThat(listener.data())
          .satisfiesExactly(
              data -> assertThat(data).contains("\"state\":\"RUNNING\""),
              data -> assertThat(data).contains("\"state\":\"DISPATCHING\"", "\"held\":0"),
              data -> assertThat(data).contains("\"state\":\"COMPLETED\""));
    }
  }

  @Test
  void whoComesAfterTheEndHearsThat() throws Exception {
    RunId run = run();
    runs.fail(run, "the price list is missing");

    Listener late = listen(run);

    late.end();
    assertThat(late.events()).containsExactly("event:finished");
    assertThat(late.data()).singleElement().asString().contains("\"held\":1");
  }

  @Test
  void listenersThatHaveGoneMakeRoomForOthersAndTooManyAreRefused() throws Exception {
    RunId run = run();
    List<Listener> listeners = new ArrayList<>();
    for (int i = 0; i < RunEvents.MAX_LISTENERS; i++) {
      listeners.add(listen(run));
    }

    Answer refused = get("/api/runs/" + run.value() + "/events");
    listeners.forEach(Listener::hangUp);

    assertThat(refused.status()).isEqualTo(429);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              problem(run);
              assertThat(listen(run).status()).isEqualTo(200);
            });
  }

  private RunId run() {
    String company = company();
    return new RunId(
        post("/api/runs", "{\"kind\": \"BILLING\", \"company\": \"%s\"}".formatted(company))
            .json()
            .get("id")
            .asLong());
  }

  private void problem(RunId run) {
    jdbc.sql("INSERT INTO run_problem (run_id, kind, reason) VALUES (?, 'RUN', 'late')")
        .param(run.value())
        .update();
  }

  private Listener listen(RunId run) {
    return new Listener(stream("/api/runs/" + run.value() + "/events"));
  }

  /** A client that keeps the lines it is sent. */
  private static final class Listener {

    private final HttpResponse<Stream<String>> answer;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> end;

    private Listener(HttpResponse<Stream<String>> answer) {
      this.answer = answer;
      end = CompletableFuture.runAsync(() -> answer.body().forEach(lines::add), READERS);
    }

    int status() {
      return answer.statusCode();
    }

    void awaitEvents(int number) {
      Awaitility.await().until(() -> events().size() == number);
    }

    /** Waits for the server to end the stream. */
    void end() throws ExecutionException, InterruptedException, TimeoutException {
      end.get(20, TimeUnit.SECONDS);
    }

    void hangUp() {
      answer.body().close();
    }

    List<String> events() {
      return starting("event:");
    }

    List<String> data() {
      return starting("data:");
    }

    private List<String> starting(String start) {
      synchronized (lines) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
      }
    }
  }
}

package io.facteur.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The other end of a channel that talks HTTP: takes messages and answers as it is told. */
final class SmsGateway implements AutoCloseable {

  /** Instead of a status: takes the message and closes the connection. */
  static final int NO_ANSWER = 0;

  record Message(String contentType, String body) {}

  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile int answer = 200;

  SmsGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/messages", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** With which status it answers from now on. */
  void answers(int status) {
    answer = status;
  }

  /** The messages about a document. */
  List<Message> messagesFor(String documentNumber) {
    return messages.stream()
        .filter(message -> message.body().contains("\"" + documentNumber + "\""))
        .toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      messages.add(new Message(exchange.getRequestHeaders().getFirst("Content-Type"), body));
      if (answer != NO_ANSWER) {
        exchange.sendResponseHeaders(answer, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

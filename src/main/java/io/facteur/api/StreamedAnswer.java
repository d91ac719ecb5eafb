package io.facteur.api;

import io.facteur.api.problem.BrokenAnswerException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * Writes an answer of any length as it is made, in the request's own thread: a time limit for
 * asynchronous answers would cut the longest ones off.
 */
final class StreamedAnswer {

  private StreamedAnswer() {}

  /**
   * Answers with what the writer is given. Fails it after the first part has gone out, then the
   * connection is broken off, so that nobody takes the part for the whole.
   */
  static void write(
      HttpServletResponse response, String mediaType, String fileName, Consumer<Writer> content) {
    response.setContentType(mediaType);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(fileName).build().toString());
    try {
      Writer writer =
          new BufferedWriter(
              new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
      content.accept(writer);
      writer.flush();
    } catch (IOException | RuntimeException e) {
      if (response.isCommitted()) {
        throw new BrokenAnswerException(e);
      }
      response.reset();
      throw e instanceof RuntimeException failure
          ? failure
          : new UncheckedIOException((IOException) e);
    }
  }
}

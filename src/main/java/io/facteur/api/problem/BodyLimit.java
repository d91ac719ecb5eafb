package io.facteur.api.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies beyond a limit, whether they announce their length or not. */
@Component
class BodyLimit extends OncePerRequestFilter {

  private static final String QUANTITIES = "/api/quantities";

  /**
   * Of a body.
   *
   * @param setting that it comes from
   */
  record Limit(long bytes, String setting) {}

  private final Limit limit;
  private final Limit ofQuantities;
  private final ProblemWriter problems;

  BodyLimit(BodySettings settings, QuantitySettings quantities, ProblemWriter problems) {
    this.limit = new Limit(settings.maxBody().toBytes(), "facteur.api.max-body");
    this.ofQuantities =
        new Limit(quantities.maxCsvBytes().toBytes(), "facteur.quantities.max-csv-bytes");
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Limit applied = QUANTITIES.equals(request.getServletPath()) ? ofQuantities : limit;
    if (request.getContentLengthLong() > applied.bytes()) {
      String reason = new BodyTooLargeException(applied).getMessage();
      problems.write(response, ProblemType.TOO_LARGE.with(reason));
    } else {
      chain.doFilter(new Limited(request, applied), response);
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final Limit limit;
    private ServletInputStream stream;

    private Limited(HttpServletRequest request, Limit limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (stream == null) {
        stream = new LimitedStream(super.getInputStream(), limit);
      }
      return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream stream;
    private final Limit limit;
    private long read;

    private LimitedStream(ServletInputStream stream, Limit limit) {
      this.stream = stream;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int next = stream.read();
      if (next >= 0) {
        count(1);
      }
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int number = stream.read(bytes, offset, length);
      count(Math.max(number, 0));
      return number;
    }

    private void count(int bytes) throws BodyTooLargeException {
      read += bytes;
      if (read > limit.bytes()) {
        throw new BodyTooLargeException(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return stream.isFinished();
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      stream.setReadListener(listener);
    }
  }
}

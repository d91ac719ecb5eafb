package io.facteur.rendering;

import java.io.Writer;

/** Collects text up to a limit, and stops when its thread is interrupted. */
final class LimitedWriter extends Writer {

  private final String template;
  private final Limits limits;
  private final StringBuilder text = new StringBuilder(32_768);

  LimitedWriter(String template, Limits limits) {
    this.template = template;
    this.limits = limits;
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    if (text.length() + (long) length > limits.bytes()) {
      throw new TemplateFailedException(
          template,
          "prints more than %d characters%s"
              .formatted(limits.bytes(), limits.setting("size-limit")));
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new TemplateFailedException(template, "interrupted");
    }
    text.append(characters, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}

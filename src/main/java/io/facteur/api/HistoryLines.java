package io.facteur.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.facteur.api.json.ApiJson;
import io.facteur.contract.Role;
import io.facteur.delivery.DeliveryState;
import io.facteur.delivery.HistoryEntry;
import io.facteur.run.CsvCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.stereotype.Component;

/** Entries of the history as lines of text. */
@Component
class HistoryLines {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "at",
              "actor",
              "action",
              "subject",
              "document",
              "channel",
              "role",
              "state",
              "retry_at",
              "reason",
              "evidence",
              "before",
              "after")
          .get();

  private final ObjectWriter json;

  HistoryLines(ApiJson json) {
    this.json = json.mapper().writer();
  }

  /** An entry as one flat JSON object. */
  record Line(
      Instant at,
      String actor,
      String action,
      String subject,
      String document,
      Long documentId,
      String channel,
      Role role,
      DeliveryState state,
      Instant retryAt,
      String reason,
      JsonNode evidence,
      JsonNode before,
      JsonNode after) {

    private static Line of(HistoryEntry entry) {
      HistoryEntry.Dispatch about = entry.dispatch();
      HistoryEntry.Change change = entry.change();
      return about == null
          ? new Line(
              entry.at(),
              entry.actor(),
              entry.action(),
              entry.subject(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              change.before(),
              change.after())
          : new Line(
              entry.at(),
              entry.actor(),
              entry.action(),
              entry.subject(),
              about.number(),
              about.document().value(),
              about.channel(),
              about.role(),
              about.state(),
              about.retryAt(),
              about.reason(),
              about.evidence(),
              null,
              null);
    }

    private Object[] cells() {
      Object[] values = {
        at, actor, action, subject, document, channel, role, state, retryAt, reason, evidence,
        before, after
      };
      return Arrays.stream(values)
          .map(value -> value == null ? null : CsvCell.safe(value.toString()))
          .toArray();
    }
  }

  /** Writes each entry as a JSON object on a line of its own. */
  Consumer<HistoryEntry> json(Writer writer) {
    return entry -> {
      try {
        writer.write(json.writeValueAsString(Line.of(entry)));
        writer.write('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an entry of the history cannot be written as JSON", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Writes a header and then each entry that {@code entries} has for the consumer. */
  void csv(Writer writer, Consumer<Consumer<HistoryEntry>> entries) {
    try {
      CSVPrinter csv = new CSVPrinter(writer, FORMAT);
      entries.accept(
          entry -> {
            try {
              csv.printRecord(Line.of(entry).cells());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

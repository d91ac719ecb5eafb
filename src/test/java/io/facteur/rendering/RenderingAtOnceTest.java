package io.facteur.rendering;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.Document;
import io.facteur.testing.Rendering;
import io.facteur.testing.SampleDocuments;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Documents share fonts, pictures and templates, and nothing that belongs to one of them. */
class RenderingAtOnceTest {

  private static final int THREADS = 4;
  private static final int TIMES = 5;

  private final DocumentRenderer renderer = Rendering.renderer();

  @Test
  void documentsRenderedAtOnceAreThoseRenderedOneByOne() throws Exception {
    List<Document> documents =
        List.of(
            SampleDocuments.lac().build(),
            SampleDocuments.nordlicht().line("Größe, Übermaß: ½ ×", "3", "C62", "19.99").build(),
            SampleDocuments.lemaire().language("en").line("Œuvre, Łódź", "1", "HUR", "90").build(),
            SampleDocuments.lac()
                .creditNoteOf("LAC-2026-00042", LocalDate.of(2026, 11, 21))
                .build());
    List<String> oneByOne = documents.stream().map(this::pdf).toList();

    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<String>> atOnce = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        documents.forEach(document -> atOnce.add(threads.submit(() -> pdf(document))));
      }

      for (int i = 0; i < atOnce.size(); i++) {
        assertThat(atOnce.get(i).get()).isEqualTo(oneByOne.get(i % documents.size()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** But for the file's identifier, which is a new one each time. */
  private String pdf(Document document) {
    byte[] bytes = renderer.render(document, Variant.original(Format.PDF)).bytes();
    return new String(bytes, ISO_8859_1).replaceAll("/ID \\[[^\\]]*\\]", "/ID []");
  }
}

package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.party.LegalNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is said on a bill or credit note in free text (EN 16931 BG-1): its own note, then those of
 * the seller, then those that the law of the seller's country wants and the seller has not worded,
 * from the labels {@code legal.<subject>.<country>}. What is about late and early payment stands on
 * bills, but not where the money goes the other way.
 */
final class Notes {

  /**
   * Code de commerce, L441-9: fixed sum for recovery (PMT), penalties for late payment (PMD),
   * discount for early payment (AAB), as the French profile of EN 16931 codes them.
   */
  private static final List<String> BY_LAW = List.of("PMT", "PMD", "AAB");

  private Notes() {}

  /** For templates: texts with their subjects, where they have one. */
  static List<Map<String, Object>> of(Document document, Labels labels, String country) {
    List<LegalNote> notes = new ArrayList<>();
    if (document.note() != null) {
      notes.add(new LegalNote(null, document.note()));
    }
    if (DocumentRenderer.isEInvoice(document)) {
      List<LegalNote> own = document.seller().invoicing().notes();
      boolean paid = isPaidUpon(document);
      own.stream().filter(note -> paid || !isByLaw(note)).forEach(notes::add);
      for (String subject : paid ? BY_LAW : List.<String>of()) {
        String text = labels.textOrNull("legal." + subject + "." + country);
        if (text != null && own.stream().noneMatch(note -> subject.equals(note.subject()))) {
          notes.add(new LegalNote(subject, text));
        }
      }
    }
    return notes.stream().map(PlainData::of).toList();
  }

  private static boolean isByLaw(LegalNote note) {
    return note.subject() != null && BY_LAW.contains(note.subject());
  }

  /** The law wants it on every bill, also on one that is paid already. */
  private static boolean isPaidUpon(Document document) {
    boolean settled = document.totals().payable().signum() == 0;
    return document.asksForPayment() || (settled && document.type().isBill());
  }
}

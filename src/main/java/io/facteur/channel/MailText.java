package io.facteur.channel;

import java.util.Map;

/**
 * What a mail says.
 *
 * @param nouns what each type of document is called, e.g. {@code INVOICE} → Rechnung
 */
record MailText(
    String language, String subject, String text, String html, Map<String, String> nouns) {}

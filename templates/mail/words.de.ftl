<#--
  What mails say in German. Any of it can be changed for a type of document in invoice.de.ftl, reminder.de.ftl ...,
  or for one company's in <company code>/invoice.de.ftl: assign there what differs. In texts an empty line
  separates paragraphs. Available: company, recipient, type, many, copy, bills, document, documents, payment.
-->
<#assign nouns = {
  "QUOTE": (company.country == "CH")?then("Offerte", "Angebot"), "ORDER": "Auftragsbestätigung", "DELIVERY_NOTE": "Lieferschein", "INVOICE": "Rechnung",
  "INSTALMENT": (company.country == "CH")?then("Akontorechnung", "Abschlagsrechnung"), "SETTLEMENT": (company.country == "CH")?then("Abrechnung", "Schlussrechnung"),
  "CREDIT_NOTE": "Gutschrift", "REMINDER": "Zahlungserinnerung", "PAYMENT_NOTICE": "Zahlungsbestätigung",
  "STATEMENT": "Kontoauszug", "PURCHASE_ORDER": "Bestellung", "LETTER": "Mitteilung", "COPY": "Kopie"
}>
<#assign labels = {
  "document": "Beleg", "number": "Nummer", "date": "Datum", "period": "Zeitraum", "amount": "Betrag",
  "dueDate": "Zahlbar bis", "favour": "Zu Ihren Gunsten", "total": "Gesamtbetrag", "iban": "IBAN", "bic": "BIC", "reference": "Verwendungszweck",
  "vatId": "USt-IdNr."
}>
<#-- The bills that a reminder or payment notice is about. -->
<#macro stated><#list document.stated as bill>${nouns[bill.type]} Nr. ${bill.number!}<#if bill.date??> vom ${bill.date}</#if><#if type == "REMINDER" && bill.dueDate??>, zahlbar bis ${bill.dueDate}</#if><#sep>; </#list></#macro>
<#assign subject>
${company.name}, <#if many>${documents?size} Belege<#else>${nouns[type]}<#if document.number??> Nr. ${document.number}</#if></#if>
</#assign>
<#assign greeting = "Guten Tag">
<#assign copyNote = "Dies ist eine Kopie zu Ihrer Information." + bills?then(" Bitte bezahlen Sie nur aufgrund des Originals.", "")>
<#assign text>
<#if many>
im Anhang erhalten Sie die unten aufgeführten Belege als PDF.
<#else>
<#switch type>
<#case "INVOICE">
im Anhang erhalten Sie unsere Rechnung als PDF.<#if payment??> Bitte überweisen Sie den Betrag bis zum angegebenen Datum.</#if><#if document.favour??> Der Saldo ist zu Ihren Gunsten: er wird Ihnen gutgeschrieben oder erstattet.<#elseif document.nothingDue> Es ist nichts zu zahlen.</#if>
<#break>
<#case "INSTALMENT">
im Anhang erhalten Sie unsere ${nouns[type]} als PDF.<#if payment??> Bitte überweisen Sie den Betrag bis zum angegebenen Datum.</#if><#if document.favour??> Der Saldo ist zu Ihren Gunsten: er wird Ihnen gutgeschrieben oder erstattet.<#elseif document.nothingDue> Es ist nichts zu zahlen.</#if>
<#break>
<#case "SETTLEMENT">
im Anhang erhalten Sie unsere ${nouns[type]} als PDF; die berechneten ${(company.country == "CH")?then("Akontozahlungen", "Abschläge")} sind darin abgezogen.<#if payment??> Bitte überweisen Sie den Betrag bis zum angegebenen Datum.</#if><#if document.favour??> Der Saldo ist zu Ihren Gunsten: er wird Ihnen gutgeschrieben oder erstattet.<#elseif document.nothingDue> Es ist nichts zu zahlen.</#if>
<#break>
<#case "CREDIT_NOTE">
im Anhang erhalten Sie unsere Gutschrift<#if document.preceding??> zur Rechnung Nr. ${document.preceding}</#if> als PDF.<#if payment??> Bitte überweisen Sie den Betrag bis zum angegebenen Datum.</#if>
<#break>
<#case "REMINDER">
sicher ist es Ihrer Aufmerksamkeit entgangen, dass Folgendes noch offen ist: <@stated/>. Die Einzelheiten finden Sie im Anhang.

Sollte sich Ihre Zahlung mit dieser Nachricht gekreuzt haben, betrachten Sie sie bitte als gegenstandslos.
<#break>
<#case "PAYMENT_NOTICE">
wir bestätigen dankend den Eingang Ihrer Zahlung (<@stated/>). Die Einzelheiten finden Sie im Anhang.
<#break>
<#case "STATEMENT">
im Anhang erhalten Sie Ihren aktuellen Kontoauszug als PDF.
<#break>
<#case "QUOTE">
vielen Dank für Ihre Anfrage. Im Anhang erhalten Sie ${(company.country == "CH")?then("unsere Offerte", "unser Angebot")} als PDF.
<#break>
<#case "ORDER">
vielen Dank für Ihren Auftrag. Im Anhang erhalten Sie unsere Bestätigung als PDF.
<#break>
<#case "DELIVERY_NOTE">
im Anhang erhalten Sie unseren Lieferschein als PDF.
<#break>
<#case "PURCHASE_ORDER">
im Anhang erhalten Sie unsere Bestellung als PDF. Wir freuen uns auf Ihre Bestätigung.
<#break>
<#default>
im Anhang erhalten Sie das Dokument „${nouns[type]}“ als PDF.
</#switch>
</#if>

Haben Sie Fragen? Antworten Sie einfach auf diese Nachricht.
</#assign>
<#assign closing = (company.country == "CH")?then("Freundliche Grüsse", "Freundliche Grüße")>

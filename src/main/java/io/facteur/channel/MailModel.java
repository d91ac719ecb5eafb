package io.facteur.channel;

import io.facteur.delivery.Shipment;
import io.facteur.document.Document;
import io.facteur.document.DocumentType;
import io.facteur.document.Seller;
import io.facteur.document.StatedBill;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the templates of mails see of a shipment: plain maps and texts, dates and amounts as the
 * reader writes them. What is null stays away, so that templates test for it with {@code ??}.
 */
final class MailModel {

  private final Locale locale;

  private MailModel(Locale locale) {
    this.locale = locale;
  }

  static Map<String, Object> of(Shipment shipment, List<Document> documents, String language) {
    Seller seller = documents.get(0).seller();
    String country = seller.party().address().country();
    Locale reader = Locale.forLanguageTag(language.replace('_', '-'));
    Locale locale = new Locale.Builder().setLocale(reader).setRegion(country).build();
    return new MailModel(locale).describe(shipment, documents, seller);
  }

  private Map<String, Object> describe(Shipment shipment, List<Document> documents, Seller seller) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      all.add(document(documents.get(i), shipment.items().get(i).copy()));
    }
    Map<String, Object> model = new HashMap<>();
    model.put("company", company(seller));
    model.put("recipient", Map.of("name", shipment.recipient().name()));
    model.put("documents", all);
    model.put("document", all.get(0));
    model.put("many", documents.size() > 1);
    model.put("type", commonType(documents));
    model.put("copy", shipment.items().stream().allMatch(Shipment.Item::copy));
    model.put("bills", documents.stream().anyMatch(MailModel::isAboutMoney));
    payment(documents, seller, shipment, model);
    return model;
  }

  private static Map<String, Object> company(Seller seller) {
    TradeParty party = seller.party();
    PostalAddress address = party.address();
    Map<String, Object> company = new HashMap<>();
    put(company, "code", seller.companyCode());
    put(company, "name", party.name());
    put(company, "street", address.street());
    put(company, "postcode", address.postcode());
    put(company, "city", address.city());
    put(company, "country", address.country());
    put(company, "phone", party.phone());
    put(company, "email", party.email());
    put(company, "website", seller.website());
    put(company, "vatId", party.vatId());
    return company;
  }

  private Map<String, Object> document(Document document, boolean copy) {
    Map<String, Object> map = new HashMap<>();
    map.put("type", document.type().name());
    map.put("copy", copy);
    BigDecimal payable = document.totals().payable();
    boolean owed = document.asksForPayment();
    put(map, "number", document.number());
    put(map, "date", date(document.issueDate()));
    put(map, "dueDate", owed ? date(document.dueDate()) : null);
    if (document.type() != DocumentType.DELIVERY_NOTE) {
      put(map, "amount", amount(owed ? payable.abs() : payable, document.currency()));
    }
    boolean favour = document.type().isBill() && payable.signum() < 0;
    put(map, "favour", favour ? amount(payable.negate(), document.currency()) : null);
    map.put("nothingDue", payable.signum() == 0);
    put(map, "contract", document.contractNumber());
    put(map, "order", document.orderReference());
    put(map, "preceding", document.precedingNumber());
    map.put("stated", document.stated().stream().map(this::stated).toList());
    put(map, "reference", reference(document));
    if (document.period() != null) {
      put(map, "periodFrom", date(document.period().from()));
      put(map, "periodTo", date(document.period().to()));
    }
    return map;
  }

  private Map<String, Object> stated(StatedBill bill) {
    Map<String, Object> map = new HashMap<>();
    map.put("type", bill.type().name());
    put(map, "number", bill.number());
    put(map, "date", date(bill.issueDate()));
    put(map, "dueDate", date(bill.dueDate()));
    return map;
  }

  /** What a payment is to name. */
  private static String reference(Document document) {
    return document.stated().isEmpty()
        ? document.number()
        : document.stated().stream().map(StatedBill::number).collect(Collectors.joining(", "));
  }

  private static boolean isAboutMoney(Document document) {
    return document.type().isBill()
        || document.type() == DocumentType.CREDIT_NOTE
        || document.type() == DocumentType.REMINDER;
  }

  /** Only for what is to be paid, and not on a copy, so that nobody pays twice (DISP-1). */
  private void payment(
      List<Document> documents, Seller seller, Shipment shipment, Map<String, Object> model) {
    List<Document> payable = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      if (documents.get(i).asksForPayment() && !shipment.items().get(i).copy()) {
        payable.add(documents.get(i));
      }
    }
    if (payable.isEmpty()) {
      return;
    }
    Map<String, Object> payment = new HashMap<>();
    put(payment, "iban", seller.iban().replaceAll("\\s", "").replaceAll("(.{4})(?!$)", "$1 "));
    put(payment, "bic", seller.bic());
    put(payment, "bank", seller.bankName());
    Currency currency = payable.get(0).currency();
    if (payable.stream().allMatch(document -> document.currency().equals(currency))) {
      BigDecimal sum =
          payable.stream()
              .map(document -> document.totals().payable().abs())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      put(payment, "amount", amount(sum, currency));
    }
    model.put("payment", payment);
  }

  private static String commonType(List<Document> documents) {
    DocumentType first = documents.get(0).type();
    return documents.stream().allMatch(document -> document.type() == first)
        ? first.name()
        : "SEVERAL";
  }

  private String date(LocalDate date) {
    return date == null
        ? null
        : date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale));
  }

  private String amount(BigDecimal amount, Currency currency) {
    DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
    DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
    symbols.setCurrency(currency);
    symbols.setCurrencySymbol(currency.getCurrencyCode());
    format.setDecimalFormatSymbols(symbols);
    format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
    format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
    return format.format(amount);
  }

  private static void put(Map<String, Object> map, String name, String value) {
    if (value != null && !value.isBlank()) {
      map.put(name, value.strip());
    }
  }
}

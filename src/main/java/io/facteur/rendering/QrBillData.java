package io.facteur.rendering;

import io.facteur.document.Document;
import io.facteur.document.PaymentMeans;
import io.facteur.document.VatBreakdown;
import io.facteur.party.PostalAddress;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.codecrete.qrbill.generator.Address;
import net.codecrete.qrbill.generator.Bill;
import net.codecrete.qrbill.generator.SPSCharacterSet;
import net.codecrete.qrbill.generator.SwicoBillInformation;
import net.codecrete.qrbill.generator.SwicoBillInformation.PaymentCondition;
import net.codecrete.qrbill.generator.SwicoBillInformation.RateDetail;
import net.codecrete.qrbill.generator.ValidationConstants;
import net.codecrete.qrbill.generator.ValidationMessage;
import net.codecrete.qrbill.generator.ValidationResult;

/** What a document says in the fields of a Swiss QR-bill, and how its errors are named. */
final class QrBillData {

  private static final int INFORMATION_LENGTH = 140;

  /** Our fields by the library's. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry(ValidationConstants.FIELD_ACCOUNT, "seller.iban or seller.invoicing.qrIban"),
          Map.entry(ValidationConstants.FIELD_AMOUNT, "totals.payable"),
          Map.entry(ValidationConstants.FIELD_CURRENCY, "currency"),
          Map.entry(ValidationConstants.FIELD_REFERENCE, "payment.reference"),
          Map.entry(ValidationConstants.FIELD_REFERENCE_TYPE, "payment.referenceType"),
          Map.entry("creditor.name", "seller.party.name"),
          Map.entry("creditor.street", "seller.party.address.street"),
          Map.entry("creditor.houseNo", "seller.party.address.street"),
          Map.entry("creditor.postalCode", "seller.party.address.postcode"),
          Map.entry("creditor.addressLine2", "seller.party.address"),
          Map.entry("creditor.town", "seller.party.address.city"),
          Map.entry("creditor.countryCode", "seller.party.address.country"));

  private static final Map<String, String> REASONS =
      Map.of(
          ValidationConstants.KEY_FIELD_VALUE_MISSING, "is missing",
          ValidationConstants.KEY_ACCOUNT_IBAN_INVALID, "is no valid IBAN",
          ValidationConstants.KEY_AMOUNT_OUTSIDE_VALID_RANGE, "is not within 0.01 to 999999999.99",
          ValidationConstants.KEY_REF_INVALID, "has a wrong check digit or form",
          ValidationConstants.KEY_QR_REF_MISSING, "has to be a QR reference, for a QR-IBAN",
          ValidationConstants.KEY_CRED_REF_INVALID_USE_FOR_QR_IBAN,
              "has to be a QR reference, for a QR-IBAN",
          ValidationConstants.KEY_QR_REF_INVALID_USE_FOR_NON_QR_IBAN,
              "is a QR reference, which needs a QR-IBAN",
          ValidationConstants.KEY_REF_TYPE_INVALID, "does not go with the reference",
          ValidationConstants.KEY_COUNTRY_CODE_INVALID, "is no country code");

  private QrBillData() {}

  static Bill of(Document document, PaymentMeans payment, String message) {
    Bill bill = new Bill();
    bill.setCharacterSet(SPSCharacterSet.EXTENDED_LATIN);
    bill.setAccount(payment.iban());
    bill.setCreditor(address(payment.accountName(), document.seller().party().address()));
    bill.setAmount(payment.amount());
    bill.setCurrency(document.currency().getCurrencyCode());
    bill.setDebtor(debtor(document));
    switch (payment.referenceType()) {
      case QRR, SCOR -> {
        bill.setReference(payment.reference());
        bill.setReferenceType(payment.referenceType().name());
      }
      case NON -> bill.setReferenceType(Bill.REFERENCE_TYPE_NO_REF);
    }
    String text = clipped(LatinText.of(message));
    bill.setUnstructuredMessage(text);
    if (document.type().isBill()) {
      String forMachines = LatinText.of(billingInformation(document).encodeAsText());
      // Both share 140 characters, and people come first.
      if (text.length() + forMachines.length() <= INFORMATION_LENGTH) {
        bill.setBillInformation(forMachines);
      }
    }
    return bill;
  }

  /** What is wrong, in our words and with our fields. */
  static String reasons(ValidationResult result) {
    return result.getValidationMessages().stream()
        .filter(message -> message.getType() == ValidationMessage.Type.ERROR)
        .map(
            message ->
                "%s %s"
                    .formatted(
                        FIELDS.getOrDefault(message.getField(), message.getField()),
                        REASONS.getOrDefault(message.getMessageKey(), message.getMessageKey())))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Without a whole address there is a box for the payer to fill in instead. */
  private static Address debtor(Document document) {
    PostalAddress address = document.buyer().address();
    boolean whole =
        LatinText.of(document.buyer().name()) != null
            && address != null
            && LatinText.of(address.postcode()) != null
            && LatinText.of(address.city()) != null;
    return whole ? address(document.buyer().name(), address) : null;
  }

  private static Address address(String name, PostalAddress address) {
    Address structured = new Address();
    structured.setName(LatinText.of(name));
    if (address != null) {
      StreetAddress street = StreetAddress.of(LatinText.of(address.street()));
      structured.setStreet(street.street());
      structured.setHouseNo(street.number());
      structured.setPostalCode(LatinText.of(address.postcode()));
      structured.setTown(LatinText.of(address.city()));
      structured.setCountryCode(address.country());
    }
    return structured;
  }

  /** In the syntax S1 of Swico, from which the payer's accounting posts the bill. */
  private static SwicoBillInformation billingInformation(Document document) {
    SwicoBillInformation information = new SwicoBillInformation();
    information.setInvoiceNumber(document.number());
    information.setInvoiceDate(document.issueDate());
    information.setCustomerReference(document.buyerReference());
    String vatId = document.seller().party().vatId();
    if (vatId != null && vatId.startsWith("CHE")) {
      information.setVatNumber(vatId.replaceAll("\\D", ""));
      if (document.period() != null) {
        information.setVatStartDate(document.period().from());
        information.setVatEndDate(document.period().to());
      } else {
        information.setVatDate(document.issueDate());
      }
      rates(information, document.vatBreakdown());
    }
    if (document.paymentDays() > 0) {
      information.setPaymentConditions(
          List.of(new PaymentCondition(BigDecimal.ZERO, document.paymentDays())));
    }
    return information;
  }

  private static void rates(SwicoBillInformation information, List<VatBreakdown> breakdown) {
    if (breakdown.size() == 1) {
      information.setVatRate(breakdown.get(0).rate());
    } else {
      information.setVatRateDetails(
          breakdown.stream().map(vat -> new RateDetail(vat.rate(), vat.taxableAmount())).toList());
    }
  }

  private static String clipped(String text) {
    return text.length() <= INFORMATION_LENGTH ? text : text.substring(0, INFORMATION_LENGTH);
  }
}

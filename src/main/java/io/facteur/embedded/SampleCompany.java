package io.facteur.embedded;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.facteur.contract.BillingPeriod;
import io.facteur.contract.BillingSchedule;
import io.facteur.contract.ContractLine;
import io.facteur.contract.LineTerms;
import io.facteur.contract.Role;
import io.facteur.contract.VatCategory;
import io.facteur.document.NewLine;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import io.facteur.party.ContactAddresses;
import io.facteur.party.EmailAddress;
import io.facteur.party.Mandate;
import io.facteur.party.PostalAddress;
import io.facteur.party.TradeParty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** A company with all that belongs to it, as a file under {@code samples/} describes it. */
record SampleCompany(
    Company company,
    List<SampleContact> contacts,
    List<SampleContract> contracts,
    List<SampleInvoice> invoices) {

  private static final ObjectMapper YAML = mapper();

  /**
   * A contact; people come after the organisation that they belong to.
   *
   * @param kind null: a customer
   * @param organisation code; only of a person
   * @param mandate its bills are collected; null if they are not
   * @param paperlessRefused what the refusal rests on; null if there is none (CONS-3)
   * @param addresses null if there are none
   */
  record SampleContact(
      String code,
      Contact.Kind kind,
      String organisation,
      boolean primaryPerson,
      String name,
      String additionalName,
      PostalAddress address,
      String language,
      String vatId,
      String registrationId,
      String registrationScheme,
      TradeParty.Endpoint endpoint,
      String buyerReference,
      Mandate mandate,
      String paperlessRefused,
      ContactAddresses addresses) {

    SampleContact {
      kind = Objects.requireNonNullElse(kind, Contact.Kind.CUSTOMER);
      addresses = Objects.requireNonNullElse(addresses, ContactAddresses.NONE);
    }
  }

  /**
   * A contract.
   *
   * @param shows for whom reads the file: what is special about it
   */
  record SampleContract(
      String number,
      String shows,
      String contractingParty,
      String deliveryAddress,
      LocalDate start,
      LocalDate end,
      String language,
      Integer paymentDays,
      String buyerReference,
      String orderReference,
      BillingSchedule schedule,
      List<SampleLine> lines,
      List<SampleReading> readings,
      List<SampleDefinition> dispatch) {}

  /** A quantity of a meter that was read for the contract. */
  record SampleReading(String meter, LocalDate from, LocalDate to, BigDecimal quantity) {}

  /** A line of a contract or of an invoice that is made by hand; see {@link ContractLine}. */
  record SampleLine(
      String name,
      String description,
      String meter,
      BigDecimal quantity,
      String unit,
      BigDecimal price,
      BigDecimal discount,
      VatCategory vat,
      BigDecimal rate,
      String exemption) {

    SampleLine {
      discount = Objects.requireNonNullElse(discount, BigDecimal.ZERO);
      vat = Objects.requireNonNullElse(vat, VatCategory.S);
      rate = Objects.requireNonNullElse(rate, BigDecimal.ZERO);
    }

    ContractLine ofContract(int position) {
      return new ContractLine(
          position,
          name,
          description,
          quantity,
          unit,
          price,
          BigDecimal.ONE,
          discount,
          vat,
          rate,
          exemption,
          meter == null ? LineTerms.FIXED : LineTerms.metered(meter));
    }

    NewLine ofInvoice() {
      return new NewLine(
          name, description, quantity, unit, price, BigDecimal.ONE, discount, vat, rate, exemption);
    }
  }

  /** A way in which the contract's invoices go out. */
  record SampleDefinition(
      String channel,
      Role role,
      EmailAddress address,
      String language,
      boolean copy,
      LocalDate validFrom,
      LocalDate validTo) {}

  /**
   * An invoice that was made by hand before the run.
   *
   * @param contact code; null: the contract's
   * @param contract number; null if it has none
   * @param credited day of its credit note; null if there is none
   */
  record SampleInvoice(
      String contact,
      String contract,
      BillingPeriod period,
      String note,
      LocalDate issued,
      LocalDate credited,
      List<SampleLine> lines) {}

  /** Reads {@code samples/<name>.yaml}. */
  static SampleCompany read(String name) {
    String file = "/samples/" + name + ".yaml";
    try (InputStream in = SampleCompany.class.getResourceAsStream(file)) {
      return YAML.readValue(Objects.requireNonNull(in, file), SampleCompany.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the sample company in " + file + " cannot be read", e);
    }
  }

  /** What a file leaves out is an empty list where there may be several. */
  private static ObjectMapper mapper() {
    ObjectMapper mapper = YAMLMapper.builder().addModule(new JavaTimeModule()).build();
    mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    return mapper;
  }
}

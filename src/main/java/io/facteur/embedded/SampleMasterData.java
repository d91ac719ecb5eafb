package io.facteur.embedded;

import io.facteur.contract.BillingTerms;
import io.facteur.contract.Contract;
import io.facteur.contract.ContractLine;
import io.facteur.contract.Contracts;
import io.facteur.contract.DispatchDefinition;
import io.facteur.contract.DispatchDefinitions;
import io.facteur.contract.Domain;
import io.facteur.embedded.SampleCompany.SampleContact;
import io.facteur.embedded.SampleCompany.SampleContract;
import io.facteur.embedded.SampleCompany.SampleDefinition;
import io.facteur.embedded.SampleCompany.SampleReading;
import io.facteur.metering.NewQuantity;
import io.facteur.metering.QuantityIntake;
import io.facteur.party.Companies;
import io.facteur.party.Company;
import io.facteur.party.Contact;
import io.facteur.party.ContactId;
import io.facteur.party.Contacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Adds a sample company with its contacts, contracts and dispatch definitions. */
@Component
class SampleMasterData {

  private final Companies companies;
  private final Contacts contacts;
  private final Contracts contracts;
  private final DispatchDefinitions definitions;
  private final QuantityIntake quantities;

  SampleMasterData(
      Companies companies,
      Contacts contacts,
      Contracts contracts,
      DispatchDefinitions definitions,
      QuantityIntake quantities) {
    this.companies = companies;
    this.contacts = contacts;
    this.contracts = contracts;
    this.definitions = definitions;
    this.quantities = quantities;
  }

  boolean isEmpty() {
    return companies.all().isEmpty();
  }

  Company add(SampleCompany sample) {
    Company company = companies.create(sample.company());
    Map<String, ContactId> ids = new HashMap<>();
    for (SampleContact contact : sample.contacts()) {
      ids.put(contact.code(), add(company, contact, ids));
    }
    for (SampleContract contract : sample.contracts()) {
      Contract saved = contracts.create(contract(company, contract, ids));
      contract.dispatch().forEach(definition -> add(saved, definition));
      if (!contract.readings().isEmpty()) {
        quantities.takeOf(
            contract.number(),
            contract.readings().stream().map(reading -> quantity(contract, reading)).toList());
      }
    }
    return company;
  }

  private static NewQuantity quantity(SampleContract contract, SampleReading reading) {
    return new NewQuantity(
        contract.number(),
        reading.meter(),
        reading.from(),
        reading.to(),
        reading.quantity(),
        false);
  }

  private ContactId add(Company company, SampleContact sample, Map<String, ContactId> ids) {
    Contact saved =
        contacts.create(
            new Contact(
                null,
                0,
                company.id(),
                sample.code(),
                sample.kind(),
                sample.organisation() == null ? null : ids.get(sample.organisation()),
                sample.primaryPerson(),
                sample.name(),
                sample.additionalName(),
                sample.address(),
                sample.language(),
                new Contact.Registration(
                    sample.vatId(), sample.registrationId(), sample.registrationScheme()),
                sample.endpoint(),
                sample.buyerReference(),
                false,
                sample.addresses(),
                sample.mandate(),
                null));
    if (sample.paperlessRefused() != null) {
      contacts.consent(sample.code(), true, sample.paperlessRefused());
    }
    return saved.id();
  }

  private static Contract contract(
      Company company, SampleContract sample, Map<String, ContactId> ids) {
    List<ContractLine> lines = new ArrayList<>();
    sample.lines().forEach(line -> lines.add(line.ofContract(lines.size() + 1)));
    return new Contract(
        null,
        0,
        company.id(),
        sample.number(),
        ids.get(sample.contractingParty()),
        sample.deliveryAddress() == null ? null : ids.get(sample.deliveryAddress()),
        sample.start(),
        sample.end(),
        sample.language(),
        sample.paymentDays(),
        sample.buyerReference(),
        sample.orderReference(),
        null,
        sample.schedule(),
        lines,
        BillingTerms.NONE);
  }

  private void add(Contract contract, SampleDefinition sample) {
    definitions.create(
        new DispatchDefinition(
            null,
            0,
            contract.id(),
            Domain.INVOICE,
            sample.channel(),
            sample.role(),
            sample.address(),
            null,
            sample.language(),
            null,
            sample.copy(),
            sample.validFrom(),
            sample.validTo()));
  }
}

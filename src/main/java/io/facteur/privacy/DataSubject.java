package io.facteur.privacy;

import io.facteur.party.Contact;
import java.util.List;
import java.util.stream.Stream;

/** A contact with the people who belong to it: exported and erased as one. */
record DataSubject(Contact contact, List<Contact> people) {

  DataSubject {
    people = List.copyOf(people);
  }

  List<Contact> contacts() {
    return Stream.concat(Stream.of(contact), people.stream()).toList();
  }

  List<Long> ids() {
    return contacts().stream().map(one -> one.id().value()).toList();
  }

  long company() {
    return contact.company().value();
  }

  /** Under which the audit knows them. */
  List<String> auditSubjects() {
    return contacts().stream().map(one -> "contact:" + one.code()).toList();
  }
}

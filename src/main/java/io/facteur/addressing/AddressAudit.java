package io.facteur.addressing;

import io.facteur.party.AuditLog;
import io.facteur.party.CurrentActor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Records who changed which address of a document when, the old ones and the new ones. */
@Component
class AddressAudit {

  private final AuditLog log;
  private final CurrentActor actor;

  AddressAudit(AuditLog log, CurrentActor actor) {
    this.log = log;
    this.actor = actor;
  }

  String actor() {
    return actor.name();
  }

  void changed(AddressedDocument before, AddressedDocument after) {
    Map<String, OnDocument> old = standing(before);
    Map<String, OnDocument> now = standing(after);
    if (!old.equals(now)) {
      log.record("document.addresses", "document:" + after.id().value(), old, now);
    }
  }

  private static Map<String, OnDocument> standing(AddressedDocument document) {
    Map<String, OnDocument> all = new LinkedHashMap<>();
    document.parties().forEach(party -> all.put(party.role().name(), party.onDocument()));
    return all;
  }
}

package io.facteur.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facteur.delivery.Shipment;
import io.facteur.document.Document;
import io.facteur.party.EmailAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Describes a shipment as JSON, for channels that talk to another system over HTTP. */
@Component
public class ShipmentJson {

  private final DocumentSource documents;
  private final ObjectMapper json;

  ShipmentJson(DocumentSource documents, ObjectMapper json) {
    this.documents = documents;
    this.json = json;
  }

  /**
   * What is sent, to whom, and the key under which a repetition is the same: {@code
   * <transmission>-r<revision>}.
   */
  public String of(Shipment shipment) {
    Shipment.Item item = shipment.items().get(0);
    Document document = documents.document(item.document());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("key", shipment.claim().transmission().value() + "-r" + item.revision());
    body.put("document", document.number());
    body.put("type", document.type());
    body.put("language", item.language() == null ? document.language() : item.language());
    body.put("issueDate", String.valueOf(document.issueDate()));
    body.put("dueDate", document.dueDate() == null ? null : document.dueDate().toString());
    body.put("currency", document.currency().getCurrencyCode());
    body.put("payable", document.totals().payable().toPlainString());
    body.put("company", document.seller().companyCode());
    body.put("recipient", recipient(shipment));
    body.put("copy", item.copy());
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("shipment of document " + document.number(), e);
    }
  }

  private static Map<String, Object> recipient(Shipment shipment) {
    Map<String, Object> recipient = new LinkedHashMap<>();
    recipient.put("role", shipment.role());
    recipient.put("name", shipment.recipient().name());
    recipient.put("to", values(shipment.recipient().to()));
    return recipient;
  }

  private static List<String> values(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::value).toList();
  }
}

package io.facteur.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The parties and addresses that stand on a document, as JSON. Written by a mapper of its own, so
 * that no setting of the REST interface can change what lies in the database; properties that a
 * later version has written are passed over.
 */
final class DocumentJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private DocumentJson() {}

  /** Null stays null. */
  static String write(Object party) {
    try {
      return party == null ? null : MAPPER.writeValueAsString(party);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a party of a document cannot be written as JSON", e);
    }
  }

  /** Null stays null. */
  static <T> T read(String json, Class<T> type) {
    try {
      return json == null ? null : MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a " + type.getSimpleName() + " of a document in the database is not readable", e);
    }
  }

  /** Of a row with both columns. */
  static OwnAddresses ownAddresses(ResultSet row) throws SQLException {
    return new OwnAddresses(
        read(row.getString("own_billing_address"), OwnAddress.class),
        read(row.getString("own_delivery_address"), OwnAddress.class));
  }
}

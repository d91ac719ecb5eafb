package io.facteur.document;

import io.facteur.party.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What documents have of their own, in columns of the table {@code document}. */
final class DocumentJson {

  private DocumentJson() {}

  /** Of a row with both columns. */
  static OwnAddresses ownAddresses(ResultSet row) throws SQLException {
    return new OwnAddresses(
        StoredJson.read(row.getString("own_billing_address"), OwnAddress.class),
        StoredJson.read(row.getString("own_delivery_address"), OwnAddress.class));
  }
}

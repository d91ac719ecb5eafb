package io.facteur.delivery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.facteur.party.EmailAddress;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Writes and reads the ledger's JSON columns. */
@Component
class LedgerJson {

  private final ObjectMapper mapper;

  LedgerJson(ObjectMapper mapper) {
    this.mapper =
        mapper
            .copy()
            .registerModule(
                new SimpleModule().addDeserializer(EmailAddress.class, new KeptAddresses()));
  }

  /** Recipients that were frozen by the rules of their time. */
  private static final class KeptAddresses extends StdScalarDeserializer<EmailAddress> {

    private static final long serialVersionUID = 1L;

    KeptAddresses() {
      super(EmailAddress.class);
    }

    @Override
    public EmailAddress deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return EmailAddress.kept(parser.getValueAsString());
    }
  }

  String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be kept as JSON: " + value.getClass(), e);
    }
  }

  <T> T read(String json, Class<T> type) {
    try {
      return json == null ? null : mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON column does not hold a " + type.getSimpleName(), e);
    }
  }
}

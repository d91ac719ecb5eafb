package io.facteur.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** JSON as it stands in columns. */
@Component
class JsonColumns {

  private final ObjectMapper mapper;

  JsonColumns(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Null for null. */
  JsonNode read(String text) {
    try {
      return text == null ? null : mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON column does not hold JSON", e);
    }
  }

  /** Null for null. */
  String changed(String text, UnaryOperator<JsonNode> change) {
    return text == null ? null : change.apply(read(text)).toString();
  }
}

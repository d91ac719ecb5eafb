package io.facteur.camel;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/** Text in both directions and nothing else: an object from a broker could be any code's. */
final class TextMessages implements MessageConverter {

  @Override
  public Message toMessage(Object body, Session session) throws JMSException {
    if (body instanceof String text) {
      return session.createTextMessage(text);
    }
    throw new MessageConversionException("only text is sent to a broker");
  }

  @Override
  public Object fromMessage(Message message) throws JMSException {
    return message instanceof TextMessage text ? text.getText() : "";
  }
}

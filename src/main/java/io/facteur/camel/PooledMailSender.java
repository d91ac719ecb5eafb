package io.facteur.camel;

import io.facteur.channel.MailSender;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.component.mail.MailAuthenticator;

/**
 * Lets a route's {@code smtp:} endpoint send through our own connections, with the marker before
 * the final dot: {@code
 * smtp://{{facteur.smtp.host}}:{{facteur.smtp.port}}?javaMailSender=#mailSender}. Which server that
 * is, how it is secured and who logs in comes from {@code facteur.smtp}; what an endpoint says of
 * it is for the reader only.
 */
public final class PooledMailSender implements JavaMailSender {

  private final MailSender sender;
  private Session session;
  private Properties properties = new Properties();
  private MailAuthenticator authenticator;
  private String host;
  private int port;
  private String username;
  private String password;
  private String protocol = "smtp";

  public PooledMailSender(MailSender sender) {
    this.sender = sender;
    this.session = Session.getInstance(properties);
  }

  @Override
  public void send(MimeMessage mail) {
    sender.send(mail);
  }

  @Override
  public Session getSession() {
    return session;
  }

  @Override
  public void setSession(Session session) {
    this.session = session;
  }

  @Override
  public Properties getJavaMailProperties() {
    return properties;
  }

  @Override
  public void setJavaMailProperties(Properties javaMailProperties) {
    this.properties = javaMailProperties;
  }

  @Override
  public void addAdditionalJavaMailProperty(String key, String value) {
    properties.setProperty(key, value);
  }

  @Override
  public String getHost() {
    return host;
  }

  @Override
  public void setHost(String host) {
    this.host = host;
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public void setPort(int port) {
    this.port = port;
  }

  @Override
  public String getUsername() {
    return username;
  }

  @Override
  public void setUsername(String username) {
    this.username = username;
  }

  @Override
  public String getPassword() {
    return password;
  }

  @Override
  public void setPassword(String password) {
    this.password = password;
  }

  @Override
  public String getProtocol() {
    return protocol;
  }

  @Override
  public void setProtocol(String protocol) {
    this.protocol = protocol;
  }

  @Override
  public MailAuthenticator getAuthenticator() {
    return authenticator;
  }

  @Override
  public void setAuthenticator(MailAuthenticator authenticator) {
    this.authenticator = authenticator;
  }
}

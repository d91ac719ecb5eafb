package io.facteur.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.facteur.camel.PooledMailSender;
import io.facteur.channel.MailSender;
import io.facteur.channel.MailTransports;
import io.facteur.channel.SmtpSettings;
import io.facteur.channel.TransmissionMessage;
import io.facteur.delivery.Claim;
import io.facteur.delivery.Marker;
import io.facteur.delivery.TransmissionId;
import io.facteur.party.EmailAddress;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Writes and sends the same mail again and again through Camel's {@code smtp} endpoint, on so many
 * threads: through Facteur's own connections with the step before the final dot, which commits
 * nothing here, or as Camel Mail does by itself.
 */
final class MailsInTurn implements AutoCloseable {

  /** Of a whole mail, most of it an attached file. */
  static final int BYTES = 60_000;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Session PLAIN = Session.getInstance(new Properties());
  private static final EmailAddress FROM = new EmailAddress("bills@seller.example");
  private static final EmailAddress TO = new EmailAddress("anna@buyer.example");

  private final String endpoint;
  private final int port;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final ProducerTemplate producer;
  private final AtomicLong number = new AtomicLong();
  private final byte[] file = new byte[43_000];

  MailsInTurn(int port) {
    this.port = port;
    this.endpoint = "smtp://127.0.0.1:" + port;
    new Random(1).nextBytes(file);
    camel.start();
    producer = camel.createProducerTemplate();
  }

  /** Returns its processor time. */
  Duration byCamelsDefault(int mails, int connections) {
    return send(mails, connections, endpoint, this::plain);
  }

  /** Returns its processor time. */
  Duration byFacteur(int mails, int connections) {
    try (MailTransports transports =
        new MailTransports(new Unmarked(), Clock.systemUTC(), bundle -> null)) {
      SmtpSettings account =
          new SmtpSettings(
              "127.0.0.1",
              port,
              null,
              null,
              SmtpSettings.Security.NONE,
              connections,
              "seller.example",
              null,
              new SmtpSettings.Reuse(100, Duration.ofSeconds(30)),
              new SmtpSettings.Timeouts(
                  Duration.ofSeconds(10),
                  Duration.ofMinutes(5),
                  Duration.ofMinutes(10),
                  Duration.ofMinutes(2)));
      String name = "facteur" + number.incrementAndGet();
      camel.getRegistry().bind(name, new PooledMailSender(new MailSender(account, transports)));
      return send(mails, connections, endpoint + "?javaMailSender=#" + name, this::ofATransmission);
    }
  }

  @Override
  public void close() {
    camel.stop();
  }

  private Duration send(int mails, int threads, String to, Callable<MimeMessage> mail) {
    ExecutorService senders = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < mails; i++) {
        work.add(
            () -> {
              producer.sendBody(to, mail.call());
              return null;
            });
      }
      long before = SYSTEM.getProcessCpuTime();
      for (Future<Void> sent : senders.invokeAll(work)) {
        sent.get();
      }
      return Duration.ofNanos(SYSTEM.getProcessCpuTime() - before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      senders.shutdown();
    }
  }

  private MimeMessage plain() throws MessagingException {
    return written(new MimeMessage(PLAIN));
  }

  private MimeMessage ofATransmission() throws MessagingException {
    long id = number.incrementAndGet();
    return written(
        new TransmissionMessage(
            new Claim(new TransmissionId(id), "benchmark", 1),
            "t" + id + "@seller.example",
            new TransmissionMessage.Envelope(FROM, List.of(TO))));
  }

  private MimeMessage written(MimeMessage mail) throws MessagingException {
    mail.setFrom(new InternetAddress(FROM.value()));
    mail.setRecipient(RecipientType.TO, new InternetAddress(TO.value()));
    mail.setSubject("Invoice", "UTF-8");
    MimeBodyPart text = new MimeBodyPart();
    text.setText("Please find attached our invoice.\r\n".repeat(20), "UTF-8");
    MimeBodyPart attached = new MimeBodyPart();
    attached.setDataHandler(new DataHandler(new ByteArrayDataSource(file, "application/pdf")));
    attached.setFileName("invoice.pdf");
    mail.setContent(new MimeMultipart(text, attached));
    mail.saveChanges();
    return mail;
  }

  /** What the ledger commits is measured where there is a ledger. */
  private static final class Unmarked implements Marker {

    @Override
    public boolean mark(Claim claim, String messageId) {
      return true;
    }

    @Override
    public boolean markFile(Claim claim, String fileName, String sha256) {
      return true;
    }
  }
}

package io.facteur.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facteur.document.DocumentId;
import io.facteur.testing.RunningFacteur;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an engineer changes in {@code routes/}, without Java, and what arrives then (ROUTE-1,
 * ROUTE-2). All edits stand in {@link #edit}.
 */
class RouteEditsTest {

  private static final String INVOICE = "dispatch/invoice.camel.yaml";

  private static Path routes;
  private static SmsGateway gateway;
  private static RunningFacteur facteur;

  @BeforeAll
  static void start() throws IOException {
    gateway = new SmsGateway();
    routes = RunningFacteur.copyOfRoutes();
    edit();
    facteur = RunningFacteur.start(routes, "--sms.port=" + gateway.port());
  }

  @AfterAll
  static void stop() {
    facteur.close();
    gateway.close();
  }

  @BeforeEach
  void gatewayTakesEverything() {
    gateway.answers(200);
  }

  private static void edit() throws IOException {
    // Another folder for one combination.
    replace(
        INVOICE,
        """
              - name: role
                value: DELIVERY_ADDRESS
              - name: via
                value: direct:deliver-post
        """,
        """
              - name: role
                value: DELIVERY_ADDRESS
              - name: queue
                value: delivery-notes
              - name: via
                value: direct:deliver-post
        """);

    // A step before one combination: its e-mails leave once a copy lies in a folder.
    replace(
        INVOICE,
        """
              - name: role
                value: CONTRACTING_PARTY
              - name: via
                value: direct:deliver-email
        """,
        """
              - name: role
                value: CONTRACTING_PARTY
              - name: via
                value: direct:archive-then-email
        """);
    add(
        "channels/archive-then-email.camel.yaml",
        """
        - route:
            id: archive-then-email
            description: Keeps a copy of the document in a folder, then sends the mail
            routeConfigurationId: delivery-errors
            from:
              uri: direct:archive-then-email
              steps:
                - setVariable:
                    name: copy
                    method:
                      ref: issuedFiles
                      method: file(${body})
                - setVariable:
                    name: name
                    simple: ${body.items[0].documentNumber}.${variable.copy.extension}
                - setBody:
                    simple: ${variable.copy.bytes}
                - toD:
                    uri: file:{{facteur.data}}/copies
                    parameters:
                      fileName: ${variable.name}
                      tempPrefix: .writing-
                      fileExist: Override
                - setBody:
                    simple: ${exchangeProperty.shipment}
                - to:
                    uri: direct:deliver-email
        """);

    // One attempt instead of five, for one combination; the other keeps trying.
    replace(
        INVOICE,
        """
              - name: role
                value: CONTRACTING_PARTY
              - name: via
                value: direct:deliver-einvoice
              - name: format
                value: BY_RECIPIENT
              - name: attempts
                value: "5"
        """,
        """
              - name: role
                value: CONTRACTING_PARTY
              - name: via
                value: direct:deliver-einvoice
              - name: queue
                value: unusable
              - name: format
                value: BY_RECIPIENT
              - name: attempts
                value: "1"
              - name: fallback
                value: NONE
        """);
    replace(
        INVOICE,
        """
              - name: via
                value: direct:deliver-einvoice
              - name: format
        """,
        """
              - name: via
                value: direct:deliver-einvoice
              - name: queue
                value: unusable
              - name: format
        """);

    // One combination less.
    replace(
        INVOICE,
        """
        - templatedRoute:
            routeTemplateRef: dispatch-definition
            routeId: invoice-email-individual
            parameters:
              - name: domain
                value: INVOICE
              - name: description
                value: The invoice as PDF by e-mail to a private address of its own
              - name: channel
                value: EMAIL
              - name: role
                value: INDIVIDUAL
              - name: via
                value: direct:deliver-email
        """,
        "");

    // A channel more: one file.
    add(
        "channels/sms.camel.yaml",
        """
        # SMS: a gateway is told over HTTP whom to send a notice.
        - beans:
            - name: SMS
              type: io.facteur.camel.ChannelDeclaration
              properties:
                needs: NOTHING
                reaches: "true"
        - templatedRoute:
            routeTemplateRef: channel-claim
            routeId: claim-sms
            parameters:
              - name: channel
                value: SMS
              - name: handOut
                value: "{{facteur.hand-out}}:{{facteur.installation}}.sms"
        - templatedRoute:
            routeTemplateRef: channel-work
            routeId: work-sms
            parameters:
              - name: channel
                value: SMS
              - name: from
                value: "{{facteur.hand-out}}:{{facteur.installation}}.sms?concurrentConsumers=2"
        - route:
            id: deliver-sms
            description: Tells the gateway; the mark before the request makes a lost answer visible
            routeConfigurationId: delivery-errors
            from:
              uri: direct:deliver-sms
              steps:
                - bean:
                    ref: shipmentJson
                    method: of(${body})
                - setHeader:
                    name: Content-Type
                    constant: application/json
                - setVariable:
                    name: marked
                    method:
                      ref: transmissions
                      method: markOrYield(${exchangeProperty.ticket}, ${null})
                - to:
                    uri: http://127.0.0.1:{{sms.port}}/messages
                    parameters:
                      httpMethod: POST
                      responseTimeout: 30000
                - bean:
                    ref: receipts
                    method: sent('httpStatus', ${header.CamelHttpResponseCode})
        - templatedRoute:
            routeTemplateRef: dispatch-definition
            routeId: invoice-sms-contracting-party
            parameters:
              - name: domain
                value: INVOICE
              - name: description
                value: A notice of the invoice by SMS to the contracting party
              - name: channel
                value: SMS
              - name: role
                value: CONTRACTING_PARTY
              - name: via
                value: direct:deliver-sms
        - templatedRoute:
            routeTemplateRef: dispatch-definition
            routeId: invoice-sms-delivery-address
            parameters:
              - name: domain
                value: INVOICE
              - name: description
                value: A notice of the invoice by SMS to the delivery address
              - name: channel
                value: SMS
              - name: role
                value: DELIVERY_ADDRESS
              - name: via
                value: direct:deliver-sms
        """);
  }

  @Test
  void oneCombinationGoesToAFolderOfItsOwn() {
    DocumentId invoice =
        facteur.issue(facteur.contract("POST CONTRACTING_PARTY", "POST DELIVERY_ADDRESS"));

    facteur.awaitDeliveries(
        invoice, "POST CONTRACTING_PARTY SPOOLED", "POST DELIVERY_ADDRESS SPOOLED");
    assertThat(facteur.files("spool/delivery-notes/ready"))
        .contains(fileOf(invoice, "DELIVERY_ADDRESS"));
    assertThat(facteur.files("spool/main/ready"))
        .contains(fileOf(invoice, "CONTRACTING_PARTY"))
        .doesNotContain(fileOf(invoice, "DELIVERY_ADDRESS"));
  }

  @Test
  void aStepBeforeTheMailKeepsACopyAndTheMailArrives() {
    int mailsBefore = facteur.smtp().accepted().size();

    DocumentId invoice = facteur.issue(facteur.contract("EMAIL CONTRACTING_PARTY"));

    facteur.awaitDeliveries(invoice, "EMAIL CONTRACTING_PARTY SENT");
    assertThat(facteur.files("copies")).contains(numberOf(invoice) + ".pdf");
    assertThat(facteur.smtp().accepted()).hasSize(mailsBefore + 1);
  }

  @Test
  void whatTakesWorkHasStartedAfterAllRoutesThatItPasses() {
    List<String> started =
        facteur.get(CamelContext.class).getCamelContextExtension().getRouteStartupOrder().stream()
            .map(order -> order.getRoute().getEndpoint().getEndpointUri().split(":", 2)[0])
            .toList();

    assertThat(started).contains("direct", "seda", "quartz", "file", "scheduler");
    assertThat(started.subList(0, started.lastIndexOf("direct"))).containsOnly("direct");
  }

  @Test
  void attemptsAreAsManyAsTheRouteSays() throws IOException {
    Path unusable = facteur.data().resolve("outbox/unusable");
    Files.createDirectories(unusable.getParent());
    Files.writeString(unusable, "a file where the folder should be");

    DocumentId invoice =
        facteur.issue(facteur.contract("EINVOICE CONTRACTING_PARTY", "EINVOICE DELIVERY_ADDRESS"));

    facteur.awaitDeliveries(
        invoice,
        "EINVOICE CONTRACTING_PARTY FAILED",
        "EINVOICE DELIVERY_ADDRESS FAILED will retry");
    assertThat(reason(invoice, "EINVOICE", "CONTRACTING_PARTY"))
        .startsWith("given up after 1 attempts: ");
  }

  @Test
  void deliveriesOfARemovedCombinationAreSkippedAndOthersGo() {
    DocumentId invoice =
        facteur.issue(facteur.contract("EMAIL INDIVIDUAL", "POST CONTRACTING_PARTY"));

    facteur.awaitDeliveries(invoice, "EMAIL INDIVIDUAL SKIPPED", "POST CONTRACTING_PARTY SPOOLED");
    assertThat(reason(invoice, "EMAIL", "INDIVIDUAL"))
        .contains("no route for INVOICE-EMAIL-INDIVIDUAL");
  }

  @Test
  void whatAlreadyWaitsForARemovedCombinationIsSkippedToo() throws Exception {
    gateway.answers(503);
    DocumentId invoice = facteur.issue(facteur.contract("SMS DELIVERY_ADDRESS"));
    facteur.awaitDeliveries(invoice, "SMS DELIVERY_ADDRESS FAILED will retry");
    CamelContext running = facteur.get(CamelContext.class);
    running.getRouteController().stopRoute("invoice-sms-delivery-address");
    running.removeRoute("invoice-sms-delivery-address");

    facteur.makeRetriesDue();

    facteur.awaitDeliveries(
        invoice, "SMS DELIVERY_ADDRESS SKIPPED", "POST DELIVERY_ADDRESS SPOOLED");
    assertThat(reason(invoice, "SMS", "DELIVERY_ADDRESS"))
        .isEqualTo("no route for INVOICE-SMS-DELIVERY_ADDRESS");
  }

  @Test
  void aNewChannelSendsOnce() {
    DocumentId invoice = facteur.issue(facteur.contract("SMS CONTRACTING_PARTY"));

    facteur.awaitDeliveries(invoice, "SMS CONTRACTING_PARTY SENT");
    assertThat(gateway.messagesFor(numberOf(invoice)))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.contentType()).isEqualTo("application/json");
              assertThat(message.body()).contains("\"role\":\"CONTRACTING_PARTY\"");
            });
  }

  @Test
  void aNewChannelTriesAgainWhatWasRefusedForNow() {
    gateway.answers(503);
    DocumentId invoice = facteur.issue(facteur.contract("SMS CONTRACTING_PARTY"));
    facteur.awaitDeliveries(invoice, "SMS CONTRACTING_PARTY FAILED will retry");
    assertThat(gateway.messagesFor(numberOf(invoice))).hasSize(1);

    gateway.answers(200);
    facteur.makeRetriesDue();

    facteur.awaitDeliveries(invoice, "SMS CONTRACTING_PARTY SENT");
    assertThat(gateway.messagesFor(numberOf(invoice))).hasSize(2);
  }

  @Test
  void whatANewChannelIsRefusedForGoodGoesByPost() {
    gateway.answers(400);

    DocumentId invoice = facteur.issue(facteur.contract("SMS CONTRACTING_PARTY"));

    facteur.awaitDeliveries(
        invoice, "SMS CONTRACTING_PARTY FAILED", "POST CONTRACTING_PARTY SPOOLED");
    assertThat(reason(invoice, "SMS", "CONTRACTING_PARTY")).contains("HTTP 400");
  }

  @Test
  void anAnswerThatIsLostLeavesANewChannelsDeliveryUncertain() {
    gateway.answers(SmsGateway.NO_ANSWER);

    DocumentId invoice = facteur.issue(facteur.contract("SMS CONTRACTING_PARTY"));

    facteur.awaitDeliveries(invoice, "SMS CONTRACTING_PARTY UNCERTAIN");
    assertThat(gateway.messagesFor(numberOf(invoice))).hasSize(1);
  }

  private static void replace(String file, String before, String after) throws IOException {
    Path path = routes.resolve(file);
    String text = Files.readString(path);
    int start = text.indexOf(before);
    assertThat(start).as("there is such a text in " + file).isNotNegative();
    Files.writeString(
        path, text.substring(0, start) + after + text.substring(start + before.length()));
  }

  private static void add(String file, String text) throws IOException {
    Files.writeString(routes.resolve(file), text);
  }

  private static String numberOf(DocumentId invoice) {
    return facteur
        .jdbc()
        .sql("SELECT number FROM document WHERE id = ?")
        .param(invoice.value())
        .query(String.class)
        .single();
  }

  private static String fileOf(DocumentId invoice, String role) {
    return facteur
        .jdbc()
        .sql(
            """
            SELECT t.file_name FROM transmission t JOIN delivery d ON d.transmission_id = t.id
            WHERE d.document_id = ? AND d.role = ?
            """)
        .params(invoice.value(), role)
        .query(String.class)
        .single();
  }

  private static String reason(DocumentId invoice, String channel, String role) {
    return facteur
        .jdbc()
        .sql("SELECT reason FROM delivery WHERE document_id = ? AND channel = ? AND role = ?")
        .params(invoice.value(), channel, role)
        .query(String.class)
        .single();
  }
}

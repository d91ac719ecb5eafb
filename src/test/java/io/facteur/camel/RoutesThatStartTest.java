package io.facteur.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.facteur.contract.Domain;
import io.facteur.contract.Role;
import io.facteur.delivery.Claim;
import io.facteur.delivery.IssueOrder;
import io.facteur.delivery.Receipt;
import io.facteur.delivery.Receipt.Outcome;
import io.facteur.delivery.Ticket;
import io.facteur.delivery.TransmissionId;
import io.facteur.dispatch.Need;
import io.facteur.dispatch.RoutesAwayException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a node takes while its routes are being started, or stopped, is not lost for lack of one.
 */
class RoutesThatStartTest {

  /** The consumer comes first, as channels do before dispatch definitions. */
  private static final String ROUTES =
      """
      - routeTemplate:
          id: channel-work
          parameters:
            - name: from
          route:
            from:
              uri: "{{from}}"
              steps:
                - toD:
                    uri: direct:${body.route}?block=false
      - routeTemplate:
          id: dispatch-definition
          parameters:
            - name: channel
            - name: fallback
              defaultValue: ""
          route:
            from:
              uri: direct:INVOICE-{{channel}}-CONTRACTING_PARTY
              steps:
                - log:
                    message: taken
      - templatedRoute:
          routeTemplateRef: channel-work
          routeId: work-email
          parameters:
            - name: from
              value: "{{queues}}:email?pollTimeout=20"
      - templatedRoute:
          routeTemplateRef: dispatch-definition
          routeId: invoice-email
          parameters:
            - name: channel
              value: EMAIL
            - name: fallback
              value: POST
      - route:
          id: look-around
          from:
            uri: timer:looks
            steps:
              - to:
                  uri: direct:looked
      - route:
          id: looked
          from:
            uri: direct:looked
            steps:
              - log:
                  message: looked
      """;

  private static final Ticket TICKET =
      new Ticket(new Claim(new TransmissionId(7), "node", 1), "INVOICE-EMAIL-CONTRACTING_PARTY");

  private final List<String> seen = new ArrayList<>();
  private CamelContext context;
  private RouteCatalogue catalogue;

  @BeforeEach
  void load() throws Exception {
    ChannelDeclaration email = new ChannelDeclaration();
    email.setNeeds(Need.EMAIL_ADDRESS);
    email.setReaches(true);
    context = YamlRoutes.load(ROUTES, Map.of("EMAIL", email));
    context.getPropertiesComponent().addOverrideProperty("queues", "seda");
    context
        .getManagementStrategy()
        .addEventNotifier(
            new SimpleEventNotifierSupport() {
              @Override
              public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.RouteStartedEvent started) {
                  seen.add("started " + started.getRoute().getRouteId());
                } else if (event instanceof CamelEvent.RouteStoppedEvent stopped) {
                  seen.add("stopped " + stopped.getRoute().getRouteId());
                }
              }
            });
    context.getShutdownStrategy().setTimeout(1);
    catalogue = new RouteCatalogue(context);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void whoTakesWorkStartsAfterTheRoutesThatItPassesAndEndsBeforeThem() {
    RouteInputs.startLast((ModelCamelContext) context);
    context.start();
    context.stop();

    assertThat(seen)
        .containsExactly(
            "started looked",
            "started invoice-email",
            "started look-around",
            "started work-email",
            "stopped work-email",
            "stopped look-around",
            "stopped invoice-email",
            "stopped looked");
  }

  @Test
  void aRouteThatHasNotStartedIsOneAllTheSame() throws Exception {
    context.start();
    context.getRouteController().stopRoute("invoice-email");

    assertThat(catalogue.hasRoute(Domain.INVOICE, "EMAIL", Role.CONTRACTING_PARTY)).isTrue();
    assertThat(catalogue.fallback(Domain.INVOICE, "EMAIL", Role.CONTRACTING_PARTY))
        .contains("POST");
    assertThat(sent().outcome()).isEqualTo(Outcome.BROKEN_OFF);
  }

  @Test
  void aRouteThatIsNotDefinedAnyMoreIsNone() throws Exception {
    context.start();
    assertThat(catalogue.hasRoute(Domain.INVOICE, "EMAIL", Role.CONTRACTING_PARTY)).isTrue();
    context.getRouteController().stopRoute("invoice-email");
    context.removeRoute("invoice-email");

    assertThat(catalogue.hasRoute(Domain.INVOICE, "EMAIL", Role.CONTRACTING_PARTY)).isFalse();
    assertThat(sent()).isEqualTo(Receipt.skipped("no route for INVOICE-EMAIL-CONTRACTING_PARTY"));
  }

  @Test
  void whileTheRoutesAreNotThereNobodySaysWhatTheyLack() throws Exception {
    assertThatNothingIsSaid();
    context.start();
    assertThat(catalogue.channels()).containsExactly("EMAIL");
    assertThat(catalogue.channel("FAX")).isEmpty();
    assertThat(catalogue.hasRoute(Domain.INVOICE, "FAX", Role.CONTRACTING_PARTY)).isFalse();
    Exception late = sentToNobody();
    context.stop();
    assertThatNothingIsSaid();
    assertThat(new Failures(catalogue).receipt(late, TICKET).outcome())
        .isEqualTo(Outcome.BROKEN_OFF);
  }

  @Test
  void nothingIsIssuedBeforeTheRoutesHaveStarted() {
    IssueByRoute issue = new IssueByRoute(context.createProducerTemplate());
    IssueOrder order = new IssueOrder(List.of(), LocalDate.of(2026, 3, 2), "clerk");

    assertThatExceptionOfType(RoutesAwayException.class).isThrownBy(() -> issue.issue(order));
    context.start();
    assertThatExceptionOfType(RoutesAwayException.class)
        .as("the route that issues is stopped already")
        .isThrownBy(() -> issue.issue(order));
  }

  private void assertThatNothingIsSaid() {
    assertThatExceptionOfType(RoutesAwayException.class).isThrownBy(() -> catalogue.channels());
    assertThatExceptionOfType(RoutesAwayException.class).isThrownBy(() -> catalogue.channel("FAX"));
    assertThatExceptionOfType(RoutesAwayException.class)
        .isThrownBy(() -> catalogue.hasRoute(Domain.INVOICE, "FAX", Role.CONTRACTING_PARTY));
  }

  /** What the ledger is to record of a ticket that finds nobody at its route. */
  private Receipt sent() throws Exception {
    return new Failures(catalogue).receipt(sentToNobody(), TICKET);
  }

  private Exception sentToNobody() throws Exception {
    context.getRouteController().stopRoute("invoice-email");
    var exchange =
        context
            .createProducerTemplate()
            .send("direct:" + TICKET.route() + "?block=false", e -> e.getMessage().setBody("x"));
    return exchange.getException();
  }
}

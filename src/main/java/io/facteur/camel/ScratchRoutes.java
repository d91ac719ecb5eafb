package io.facteur.camel;

import io.facteur.camel.RouteFiles.Entry;
import io.facteur.camel.RouteFiles.RouteFile;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.Route;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.ZeroSizeThreadPool;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertyResolver;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.objenesis.ObjenesisStd;
import org.springframework.util.StringUtils;

/**
 * Builds the routes in a Camel context of their own that never runs them: what Camel itself would
 * refuse at the start is found without a database, a mail server or a single message.
 */
final class ScratchRoutes {

  private static final Pattern LINE = Pattern.compile("line (\\d+), column");

  private final RouteFiles files;
  private final List<Finding> findings;

  private ScratchRoutes(RouteFiles files, List<Finding> findings) {
    this.files = files;
    this.findings = findings;
  }

  static void build(RouteFiles files, PropertyResolver properties, List<Finding> findings) {
    new ScratchRoutes(files, findings).build(properties);
  }

  private void build(PropertyResolver properties) {
    try (DefaultCamelContext context = new DefaultCamelContext(false)) {
      prepare(context, properties);
      context.build();
      int before = findings.size();
      files.visit(entry -> checkOptions(context, entry, properties));
      if (findings.size() == before) {
        load(context);
      }
      if (findings.size() == before) {
        start(context);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the scratch context does not stop", e);
    }
  }

  private static void prepare(DefaultCamelContext context, PropertyResolver properties) {
    context.setAutoStartup(false);
    context.disableJMX();
    context.setStartupSummaryLevel(StartupSummaryLevel.Off);
    context.getPropertiesComponent().setLocation("");
    context.getPropertiesComponent().addPropertiesSource(new ResolverSource(properties));
    if (!StringUtils.hasText(properties.getProperty("facteur.smtp.host"))) {
      // Without a mail server of the settings, the start provides the mail catcher.
      Properties provided = new Properties();
      provided.setProperty("facteur.smtp.host", "127.0.0.1");
      context.getPropertiesComponent().setOverrideProperties(provided);
    }
    var objenesis = new ObjenesisStd();
    for (Map.Entry<String, Class<?>> bean : RouteBeans.byName().entrySet()) {
      if (isUsable(bean.getValue())) {
        context.getRegistry().bind(bean.getKey(), objenesis.newInstance(bean.getValue()));
      }
    }
    context.addComponent("quartz", scheduler());
    JmsComponent broker = new JmsComponent();
    broker.setConnectionFactory(new ActiveMQConnectionFactory()); // never asked for a connection
    context.addComponent("jms", broker);
    NoDatabase database = new NoDatabase();
    context.getRegistry().bind("dataSource", database);
    context.getRegistry().bind("transactionManager", new DataSourceTransactionManager(database));
  }

  /** Takes and checks cron expressions, without threads that could fire one. */
  private static QuartzComponent scheduler() {
    QuartzComponent quartz = new QuartzComponent();
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "facteur-check");
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.jobStore.class", RAMJobStore.class.getName());
    properties.setProperty("org.quartz.threadPool.class", ZeroSizeThreadPool.class.getName());
    quartz.setProperties(properties);
    quartz.setEnableJmx(false);
    quartz.setAutoStartScheduler(false);
    return quartz;
  }

  /** Interfaces and Facteur's own Camel set-up have no place in the scratch context. */
  private static boolean isUsable(Class<?> bean) {
    return bean.getName().startsWith("io.facteur.")
        && !bean.isInterface()
        && !Modifier.isAbstract(bean.getModifiers())
        && !bean.isAnnotationPresent(Configuration.class)
        && !CamelContextConfiguration.class.isAssignableFrom(bean);
  }

  /** Of dynamic endpoints too, which Camel makes only when a message comes. */
  private void checkOptions(DefaultCamelContext context, Entry entry, PropertyResolver properties) {
    String uri =
        RoutePermissions.isEndpoint(entry) ? RoutePermissions.uri(entry, properties) : null;
    if (uri == null) {
      return;
    }
    String component = RoutePermissions.scheme(uri);
    EndpointUriFactory known = context.getCamelContextExtension().getEndpointUriFactory(component);
    if (known == null || known.isLenientProperties()) {
      return;
    }
    RoutePermissions.options(entry)
        .forEach(
            (option, line) -> {
              if (!known.propertyNames().contains(option)
                  && known.multiValuePrefixes().values().stream().noneMatch(option::startsWith)) {
                findings.add(
                    new Finding(
                        entry.file(),
                        line,
                        "component '%s' has no option '%s'".formatted(component, option)));
              }
            });
  }

  private void load(CamelContext context) {
    var resources = PluginHelper.getResourceLoader(context);
    List<Resource> all =
        files.all().stream()
            .filter(file -> file.tree() != null)
            .map(file -> resources.resolveResource("file:" + file.path().toAbsolutePath()))
            .toList();
    try {
      PluginHelper.getRoutesLoader(context).loadRoutes(all);
    } catch (Exception e) {
      addLoadFailure(e);
    }
  }

  private void start(DefaultCamelContext context) {
    try {
      context.start();
      checkComponents(context);
      checkDirectEndpoints(context);
    } catch (RuntimeException e) {
      addStartFailure(e);
    }
  }

  /** What came out of parameters and settings, which the text does not show. */
  private void checkComponents(CamelContext context) {
    for (Endpoint endpoint : context.getEndpoints()) {
      String scheme = RoutePermissions.scheme(endpoint.getEndpointUri());
      if (scheme != null && !RoutePermissions.COMPONENTS.contains(scheme)) {
        findings.add(
            files.findingAt(scheme + ":", "component '%s' is not allowed".formatted(scheme)));
      }
    }
  }

  private void checkDirectEndpoints(CamelContext context) {
    Set<String> consumed =
        context.getRoutes().stream()
            .map(Route::getEndpoint)
            .map(Endpoint::getEndpointUri)
            .collect(Collectors.toSet());
    Set<String> asked = new TreeSet<>();
    for (Endpoint endpoint : context.getEndpoints()) {
      if (endpoint instanceof DirectEndpoint && !consumed.contains(endpoint.getEndpointUri())) {
        asked.add(endpoint.getEndpointUri().replace("direct://", "direct:"));
      }
    }
    asked.forEach(
        uri ->
            findings.add(
                files.findingAt(uri, "nothing consumes " + uri + ": no route starts there")));
  }

  private void addLoadFailure(Exception e) {
    String message = rootMessage(e);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      for (RouteFile file : files.all()) {
        if (text.contains(file.path().toAbsolutePath().toString())) {
          Matcher line = LINE.matcher(text);
          findings.add(
              new Finding(
                  file.name(),
                  line.find() ? Integer.parseInt(line.group(1)) : 0,
                  text.lines().findFirst().orElse(message).strip()));
          return;
        }
      }
    }
    findings.add(new Finding("routes", 0, message));
  }

  private void addStartFailure(RuntimeException e) {
    String routeId = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SimpleIllegalSyntaxException simple) {
        String reason = simple.getMessage().lines().findFirst().orElse("is not simple");
        findings.add(files.findingAt(simple.getExpression(), reason));
        return;
      }
      if (cause instanceof PropertyBindingException binding) {
        String value = String.valueOf(binding.getValue());
        findings.add(
            files.findingAt(
                value, "option '%s' cannot be '%s'".formatted(binding.getPropertyName(), value)));
        return;
      }
      if (cause instanceof FailedToCreateRouteException failed) {
        routeId = failed.getRouteId();
      }
    }
    if (routeId != null) {
      findings.add(files.findingAt(routeId, rootMessage(e)));
      return;
    }
    findings.add(new Finding("routes", 0, rootMessage(e)));
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** The settings of the environment, as placeholders of the routes see them. */
  private record ResolverSource(PropertyResolver properties)
      implements org.apache.camel.spi.PropertiesSource {

    @Override
    public String getName() {
      return "settings";
    }

    @Override
    public String getProperty(String name) {
      return properties.getProperty(name);
    }
  }

  /** Stands for the database while nothing may be asked of one. */
  private static final class NoDatabase extends AbstractDataSource {

    @Override
    public Connection getConnection() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException("routes are checked without a database");
    }

    @Override
    public Connection getConnection(String user, String password)
        throws SQLFeatureNotSupportedException {
      return getConnection();
    }
  }
}

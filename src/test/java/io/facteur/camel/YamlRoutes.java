package io.facteur.camel;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with routes from a text, and beans that they name. */
final class YamlRoutes {

  private YamlRoutes() {}

  static CamelContext start(String yaml, Map<String, Object> beans) throws Exception {
    CamelContext context = load(yaml, beans);
    context.start();
    return context;
  }

  /** Not started yet. */
  static CamelContext load(String yaml, Map<String, Object> beans) throws Exception {
    DefaultCamelContext context = new DefaultCamelContext();
    beans.forEach((name, bean) -> context.getRegistry().bind(name, bean));
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.fromString("test.camel.yaml", yaml));
    return context;
  }
}

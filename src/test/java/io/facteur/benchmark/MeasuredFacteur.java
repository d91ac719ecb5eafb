package io.facteur.benchmark;

import io.facteur.FacteurApplication;
import io.facteur.testing.WithoutTestClasses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The product, which is also told by its standard input to render the documents of a company once
 * more: so that what rendering alone takes is measured in the process that did all the rest.
 */
final class MeasuredFacteur {

  private MeasuredFacteur() {}

  public static void main(String[] settings) throws IOException, InterruptedException {
    ConfigurableApplicationContext product =
        new SpringApplicationBuilder(FacteurApplication.class)
            .initializers(new WithoutTestClasses())
            .run(settings);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String company = orders.readLine(); company != null; company = orders.readLine()) {
      System.out.println(new PureRendering(product, company).measure());
    }
  }
}

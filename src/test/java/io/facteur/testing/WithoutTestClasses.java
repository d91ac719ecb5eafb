package io.facteur.testing;

import java.io.IOException;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Lets the product start as it is beside the tests' classes, whose beans are none of it. */
public final class WithoutTestClasses extends TypeExcludeFilter
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext starting) {
    starting.getBeanFactory().registerSingleton("withoutTestClasses", this);
  }

  @Override
  public boolean match(MetadataReader metadata, MetadataReaderFactory factory) throws IOException {
    return metadata.getResource().getURL().getPath().contains("/test-classes/");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WithoutTestClasses;
  }

  @Override
  public int hashCode() {
    return WithoutTestClasses.class.hashCode();
  }
}

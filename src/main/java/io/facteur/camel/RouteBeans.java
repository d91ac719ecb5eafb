package io.facteur.camel;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** The beans that routes may name, found without making one. */
final class RouteBeans {

  private RouteBeans() {}

  /** All components of Facteur by their names. */
  static Map<String, Class<?>> byName() {
    return Found.BEANS;
  }

  /** Reading the class path takes a while, and it stays as it is. */
  private static final class Found {

    private static final Map<String, Class<?>> BEANS = Collections.unmodifiableMap(scan());
  }

  private static Map<String, Class<?>> scan() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(Component.class));
    var names = AnnotationBeanNameGenerator.INSTANCE;
    var registry = new SimpleBeanDefinitionRegistry();
    Map<String, Class<?>> beans = new TreeMap<>();
    for (BeanDefinition candidate : scanner.findCandidateComponents("io.facteur")) {
      if (candidate instanceof AnnotatedBeanDefinition annotated) {
        Class<?> type = ClassUtils.resolveClassName(annotated.getBeanClassName(), null);
        beans.put(names.generateBeanName(annotated, registry), type);
        addMadeBy(type, beans);
      }
    }
    return beans;
  }

  private static void addMadeBy(Class<?> configuration, Map<String, Class<?>> beans) {
    for (Method method : configuration.getDeclaredMethods()) {
      Bean bean = method.getAnnotation(Bean.class);
      if (bean != null) {
        beans.put(
            bean.value().length == 0 ? method.getName() : bean.value()[0], method.getReturnType());
      }
    }
  }
}

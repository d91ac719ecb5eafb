package io.facteur.api.idempotency;

import io.facteur.api.json.ApiJson;
import io.facteur.party.CurrentActor;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the advice around annotated methods, by the same proxies that transactions use. */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class IdempotencyConfiguration {

  /** Its parts are looked up late: made with the proxies, they would be none themselves. */
  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor idempotencyAdvisor(
      ObjectProvider<KeptAnswers> answers,
      ObjectProvider<TransactionTemplate> transaction,
      ObjectProvider<CurrentActor> actor,
      ObjectProvider<ApiJson> json) {
    return new DefaultPointcutAdvisor(
        AnnotationMatchingPointcut.forMethodAnnotation(Idempotent.class),
        (MethodInterceptor)
            call ->
                new IdempotencyAdvice(
                        answers.getObject(),
                        transaction.getObject(),
                        actor.getObject(),
                        json.getObject())
                    .invoke(call));
  }
}

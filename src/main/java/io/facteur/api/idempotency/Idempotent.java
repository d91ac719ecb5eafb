package io.facteur.api.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A controller method that takes an {@code Idempotency-Key}: with the same key and body it answers
 * as it did first, without doing anything again; with another body it answers 422.
 *
 * <p>With a key, the method and the keeping of its answer are one transaction: a crash leaves both
 * or neither. What the method calls must therefore join that transaction, and must not hand work to
 * other threads before it has committed. Refusals are not kept, since they have done nothing.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {}

package dev.poolwright.processor.body;

import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * An {@code @Async} method as bodies see it.
 *
 * @param type the class that it is submitted for, maybe below the one that declares it
 * @param method the method
 * @param signature as {@code "get(String)"}
 * @param pool the pool's name
 * @param batch the name of its batch method, if it has one
 * @param hasCallback whether a callback takes its outcome
 */
public record SubmittedMethod(
    TypeElement type,
    ExecutableElement method,
    String signature,
    String pool,
    Optional<String> batch,
    boolean hasCallback) {}

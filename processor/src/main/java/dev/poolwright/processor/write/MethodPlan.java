package dev.poolwright.processor.write;

import dev.poolwright.processor.model.AsyncMethod;
import java.util.List;
import java.util.Optional;

/**
 * The names that the proxy gives to what one method needs.
 *
 * @param method the method
 * @param site the field of its call site
 * @param call the simple name of its call record
 * @param batch the name of its batch method, if it has one
 * @param types how its types are written inside the call record and the proxy
 * @param parameters the names of its parameters
 * @param components the names of the record's components, legal there
 * @param columns the names of the batch method's inputs
 */
record MethodPlan(
    AsyncMethod method,
    String site,
    String call,
    Optional<String> batch,
    TypeNames types,
    List<String> parameters,
    List<String> components,
    List<String> columns) {}

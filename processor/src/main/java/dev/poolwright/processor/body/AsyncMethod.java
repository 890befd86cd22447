package dev.poolwright.processor.body;

import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** An {@code @Async} method as a body sees it: the class that it is submitted for, and its pool. */
record AsyncMethod(TypeElement type, ExecutableElement method, String pool) {

  /** As {@code "get(String)"}. */
  String signature() {
    return method.toString().replaceAll("\\b(?:\\w+\\.)+(?=\\w)", "").replace(",", ", ");
  }
}

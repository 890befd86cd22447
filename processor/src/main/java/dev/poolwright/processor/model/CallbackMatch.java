package dev.poolwright.processor.model;

/**
 * A callback that runs when a method's task is done.
 *
 * @param method whose task
 * @param callback what runs
 * @param form what it takes
 */
public record CallbackMatch(AsyncMethod method, CallbackMethod callback, Form form) {

  /** What a callback takes, and the method of the call site's description that adds it. */
  public enum Form {
    /** The result. */
    SUCCESS("onSuccess"),
    /** Nothing, after the success of a void method. */
    VOID_SUCCESS("onSuccess"),
    /** The failure. */
    FAILURE("onFailure"),
    /** Result and failure, one of them null. */
    EITHER("onEither"),
    /** The task. */
    DONE("onDone");

    private final String adder;

    Form(String adder) {
      this.adder = adder;
    }

    public String adder() {
      return adder;
    }
  }
}

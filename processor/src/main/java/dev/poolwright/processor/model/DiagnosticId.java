package dev.poolwright.processor.model;

import static dev.poolwright.processor.model.Severity.ERROR;
import static dev.poolwright.processor.model.Severity.WARNING;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything the compiler says, one constant a tag: what is so and why it cannot be, then what to
 * do. A template names its arguments in braces; {@link #text} takes them in the order of their
 * first appearance. {@code {accept}} is no argument: it becomes the suppression of the tag.
 */
public enum DiagnosticId {
  ASYNC_PRIVATE_METHOD(
      "AsyncPrivateMethod",
      ERROR,
      "{method} is private, so the generated {proxy} cannot call it."
          + " Make it package-private or wider."),
  ASYNC_OBJECT_METHOD(
      "AsyncObjectMethod",
      ERROR,
      "{method} is a method of Object that every class relies on, so no pool can run it."
          + " Give the asynchronous method a name of its own."),
  ASYNC_PRIVATE_TYPE(
      "AsyncPrivateType",
      ERROR,
      "{user} uses {type}, which the generated {generated} cannot see."
          + " Make {type} package-private or wider."),
  ASYNC_TOO_MANY_PARAMETERS(
      "AsyncTooManyParameters",
      ERROR,
      "{method} takes {slots} slots of parameters, and a call holds at most 253."
          + " Pass a record of them."),
  ASYNC_INNER_CLASS(
      "AsyncInnerClass",
      ERROR,
      "{type} is {what}, so the runtime has no instance to run its methods on."
          + " Make it static or top-level."),
  ASYNC_ABSTRACT(
      "AsyncAbstract",
      ERROR,
      "{method} is abstract and {type} does not implement it, so there is nothing to run."
          + " Put @Async on the implementation."),
  ASYNC_SUSPEND(
      "AsyncSuspend",
      ERROR,
      "{method} is a suspend function, and a pool would run it as far as its first suspension only."
          + " Take suspend off and have callers await its task, or take the annotation off and use"
          + " withContext(pool.asCoroutineDispatcher())."),
  ASYNC_SYNCHRONIZED(
      "AsyncSynchronized",
      WARNING,
      "{method} is synchronized, so its calls wait for the monitor while they hold a worker of pool"
          + " \"{pool}\" ({workers}){pinning}. Lock only what is shared, or accept it with"
          + " {accept}."),
  ASYNC_UNKNOWN_POOL(
      "AsyncUnknownPool",
      ERROR,
      "Pool \"{pool}\" is declared by no annotation, here or on the class path; declared are"
          + " {pools}. {hint}"),
  ASYNC_MISSING_PROVIDES(
      "AsyncMissingProvides",
      ERROR,
      "Module {module} declares pools without providing their catalogue, so nothing finds them on"
          + " the module path. Add to module-info.java: {line}"),
  ASYNC_POOL_CONFLICT(
      "AsyncPoolConflict",
      ERROR,
      "Pool \"{pool}\" has {setting} {value} here and {otherValue} at {other}, and it can have only"
          + " one. Declare it once."),
  ASYNC_BAD_NUMBER(
      "AsyncBadNumber",
      ERROR,
      "{setting} is {value}, which is outside {range}. Write a number in that range."),
  ASYNC_BAD_POLICY(
      "AsyncBadPolicy",
      ERROR,
      "whenSaturated of pool \"{pool}\" is CALLER_RUNS, and a pool of {workers} cannot run calls on"
          + " their caller. Write BLOCK or REJECT."),
  ASYNC_BAD_DURATION(
      "AsyncBadDuration",
      ERROR,
      "{setting} is \"{value}\", which is no positive duration."
          + " Write 500ms, 5s, 2m, 1h or ISO-8601 as PT1.5S."),
  ASYNC_BAD_NAME(
      "AsyncBadName", ERROR, "{setting} is \"{name}\", which cannot name {what}. Write {remedy}."),
  ASYNC_UNUSED_POOL(
      "AsyncUnusedPool",
      WARNING,
      "Pool \"{pool}\" is declared here, and no method uses it and nothing injects it."
          + " Remove it, use it, or accept it with {accept}."),
  ASYNC_UNBOUNDED_QUEUE(
      "AsyncUnboundedQueue",
      WARNING,
      "Pool \"{pool}\" has an unbounded queue, so its waiting tasks are limited by memory alone."
          + " Give queueCapacity a number, or accept it with {accept}."),
  ASYNC_USELESS_TIMEOUT(
      "AsyncUselessTimeout",
      WARNING,
      "The limit of {timeout} ends the task of {method} but not its run, because {reason}; it holds"
          + " a worker of pool \"{pool}\" until it ends. {remedy}, or accept it with {accept}."),
  ASYNC_CANNOT_TRAVEL(
      "AsyncCannotTravel",
      ERROR,
      "{path} cannot cross to a worker {jvm}, so {method} cannot run on {kind} pool \"{pool}\":"
          + " {reason}. {remedy}."),
  ASYNC_MAY_NOT_TRAVEL(
      "AsyncMayNotTravel",
      WARNING,
      "{path} may or may not cross to a worker {jvm} when {method} runs on {kind} pool \"{pool}\":"
          + " {reason}. {remedy}, or accept it with {accept}."),
  ASYNC_NO_TARGET(
      "AsyncNoTarget",
      ERROR,
      "{method} runs on a {type} that a worker JVM of pool \"{pool}\" cannot make: {reason}, and"
          + " the pool names no modules. Make the method static, add a constructor without"
          + " parameters, or name a module."),
  ASYNC_WORKER_STATE(
      "AsyncWorkerState",
      WARNING,
      "Field {field} of {type} is not final, and each worker JVM of pool \"{pool}\" has its own"
          + " copy of it. Make it final or pass it as an argument, or accept it with {accept}."),
  CALLBACK_UNKNOWN_METHOD(
      "CallbackUnknownMethod",
      ERROR,
      "{type} has no @Async method {name}; it has {methods}. {hint}"),
  CALLBACK_AMBIGUOUS(
      "CallbackAmbiguous",
      ERROR,
      "{name} means {methods}, and {callback} fits each of them."
          + " Write one in full, as @Callback(\"{example}\")."),
  CALLBACK_MISMATCH(
      "CallbackMismatch",
      ERROR,
      "{callback} does not fit {method}, which returns {result}. Take {forms}."),
  CALLBACK_UNUSED(
      "CallbackUnused", ERROR, "{callback} fits no @Async method of {type}, {results}. {hint}"),
  CALLBACK_CYCLE(
      "CallbackCycle",
      ERROR,
      "Callbacks end in themselves, so they never stop: {cycle}."
          + " Take @Async or @Callback off one of them."),
  ASYNC_BATCH_CLASH(
      "AsyncBatchClash",
      ERROR,
      "{method} and {other} both want the batch method {batch}."
          + " Set batch = \"...\" on one of them, or batch = Async.NONE."),
  ASYNC_NAME_TAKEN(
      "AsyncNameTaken",
      ERROR,
      "{name} exists already, so {generated} cannot have that name. Rename one of them."),
  ASYNC_WRONG_IMPORT(
      "AsyncWrongImport",
      WARNING,
      "{foreign} stands beside Poolwright's {own}, and Poolwright does not read it."
          + " Check the import, or accept it with {accept}."),
  ASYNC_DIRECT_CALL(
      "AsyncDirectCall",
      WARNING,
      "{call} runs here, on this thread, and not on pool \"{pool}\"."
          + " For the pool write {submit}, or accept it with {accept}."),
  ASYNC_DROPPED_TASK(
      "AsyncDroppedTask",
      WARNING,
      "The task of {call} is dropped, so its result {type} is lost."
          + " Keep the task, add @Callback(\"{method}\"), or accept it with {accept}."),
  ASYNC_WAIT_IN_POOL(
      "AsyncWaitInPool",
      WARNING,
      "{call} waits for pool \"{pool}\" inside {method}, which holds a worker of it meanwhile;"
          + " temporary workers take the place of waiting ones, 256 at most, and"
          + " CompletableFuture.allOf(...).join() and latches are not seen at all."
          + " Use thenCompose, Tasks.allOf or another pool, or accept it with {accept}."),
  ASYNC_POOL_CYCLE(
      "AsyncPoolCycle",
      WARNING,
      "Bounded pools wait for each other, so all their workers can come to wait: {cycle}."
          + " Use thenCompose for one of the waits, or accept it with {accept}."),
  ASYNC_COMMON_POOL(
      "AsyncCommonPool",
      WARNING,
      "{call} leaves pool \"{pool}\" of {method} for the common pool."
          + " {remedy}, or accept it with {accept}."),
  ASYNC_LINT(
      "AsyncLint",
      WARNING,
      "{entry} in -Apoolwright.lint {problem}."
          + " Write all, none, AsyncTag, -AsyncTag or AsyncTag=error, separated by commas. {hint}"),
  ASYNC_INTERNAL(
      "AsyncInternal",
      ERROR,
      "Poolwright's own processor fails on {element}."
          + " Report it to Poolwright with this stack trace: {trace}");

  /** The option that changes how heavy warnings are, without {@code -A}. */
  public static final String LINT_OPTION = "poolwright.lint";

  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)}");

  private final String tag;
  private final Severity severity;
  private final String template;
  private final String acceptance;

  DiagnosticId(String tag, Severity severity, String template) {
    this.tag = tag;
    this.severity = severity;
    this.acceptance = "@SuppressWarnings(\"" + tag + "\")";
    this.template = template.replace("{accept}", acceptance);
  }

  /** The constant of a tag, as {@code "AsyncSynchronized"}. */
  public static Optional<DiagnosticId> ofTag(String tag) {
    return Arrays.stream(values()).filter(id -> id.tag.equals(tag)).findFirst();
  }

  public String tag() {
    return tag;
  }

  public Severity severity() {
    return severity;
  }

  /** The names of the arguments that {@link #text} takes, in its order. */
  List<String> arguments() {
    return ARGUMENT.matcher(template).results().map(found -> found.group(1)).distinct().toList();
  }

  /**
   * The message.
   *
   * @param values one for each of {@link #arguments()}
   * @throws IllegalArgumentException when there are more or fewer
   */
  public String text(Object... values) {
    List<String> arguments = arguments();
    if (values.length != arguments.size()) {
      throw new IllegalArgumentException(
          tag + " takes " + arguments + ", not " + Arrays.toString(values));
    }
    String body =
        ARGUMENT
            .matcher(template)
            .replaceAll(found -> quoted(values[arguments.indexOf(found.group(1))]));
    return ("[" + tag + "] " + body).strip();
  }

  /** The message for a package or module, which cannot be annotated to accept a warning. */
  public String textWithOption(Object... values) {
    return text(values).replace(acceptance, "-A" + LINT_OPTION + "=-" + tag);
  }

  private static String quoted(Object value) {
    return Matcher.quoteReplacement(String.valueOf(value));
  }
}

package dev.poolwright.junit;

import dev.poolwright.Pools;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Creates {@link Pools} for each test, and checks afterwards that nothing is left behind.
 *
 * <pre>{@code
 * @ExtendWith(PoolsExtension.class)
 * final class CrawlerTest {
 *
 *   @Test
 *   void savesWhatItGets(ManualPools pools) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>A test method, or one that runs before or after each test, declares a parameter of type {@link
 * ManualPools}, or of type {@link Pools} for direct pools, which run every call at once and copy
 * the arguments of process pools. Other pools come from a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * final PoolsExtension pools = PoolsExtension.real(builder -> builder.exitGrace(ofSeconds(1)));
 * }</pre>
 *
 * <p><b>Errors:</b> a test fails if a task was not run or does not end, if nobody observed the
 * failure of a task, or if a new thread, worker JVM or file of any pools is left, including pools
 * that the code under test created itself. The message names what is left. When tests run
 * concurrently, only the pools of this extension are checked.
 */
public final class PoolsExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(PoolsExtension.class);

  private enum Form {
    DIRECT,
    MANUAL,
    REAL
  }

  private final Form form;
  private final Consumer<? super Pools.Builder> configuration;
  private final Duration grace;

  /**
   * Creates an extension for {@code @ExtendWith}, with manual or direct pools depending on the type
   * of the parameter.
   */
  public PoolsExtension() {
    this(Form.DIRECT, builder -> {}, Duration.ZERO);
  }

  private PoolsExtension(Form form, Consumer<? super Pools.Builder> configuration, Duration grace) {
    this.form = form;
    this.configuration = configuration;
    this.grace = grace;
  }

  /**
   * Creates an extension for pools whose tasks run when the test says so.
   *
   * @return an extension for a field with {@code @RegisterExtension}
   */
  public static PoolsExtension manual() {
    return new PoolsExtension(Form.MANUAL, builder -> {}, Duration.ZERO);
  }

  /**
   * Creates an extension for pools as in the application, with threads and worker JVMs, passed to
   * parameters of type {@code Pools}. Tasks still running after a test have one second to end.
   *
   * @param configuration configures the pools
   * @return an extension for a field with {@code @RegisterExtension}
   */
  public static PoolsExtension real(Consumer<? super Pools.Builder> configuration) {
    return new PoolsExtension(Form.REAL, configuration, Duration.ofSeconds(1));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    store.put(Leftovers.class, Leftovers.look());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return (type == Pools.class || type == ManualPools.class)
        && !(parameter.getDeclaringExecutable() instanceof Constructor);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    boolean isManual = parameter.getParameter().getType() == ManualPools.class;
    if (isManual && form == Form.REAL) {
      throw new ParameterResolutionException(
          "the pools of PoolsExtension.real() are no ManualPools; use PoolsExtension.manual()");
    }
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "pools are made for each test; use @BeforeEach in the place of @BeforeAll");
    }
    return pools(context, isManual ? Form.MANUAL : form).pools();
  }

  private TestPools pools(ExtensionContext context, Form wanted) {
    Store store = context.getStore(NAMESPACE);
    TestPools pools = store.get(wanted, TestPools.class);
    if (pools == null) {
      pools = TestPools.open(builder -> make(builder, wanted));
      store.put(wanted, pools);
    }
    return pools;
  }

  private Pools make(Pools.Builder builder, Form wanted) {
    return switch (wanted) {
      case DIRECT -> builder.copying(true).direct();
      case MANUAL -> new ManualPools(builder.copying(true));
      case REAL -> {
        configuration.accept(builder);
        yield builder.build();
      }
    };
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    Store store = context.getStore(NAMESPACE);
    TestProblems problems = new TestProblems();
    for (Form each : Form.values()) {
      TestPools pools = store.remove(each, TestPools.class);
      if (pools != null) {
        pools.close(grace, problems);
      }
    }
    Leftovers before = store.remove(Leftovers.class, Leftovers.class);
    if (before != null && context.getExecutionMode() == ExecutionMode.SAME_THREAD) {
      problems.addAll(before.awaitNoneNew());
    }
    problems.throwIfAny(context.getExecutionException().orElse(null));
  }
}

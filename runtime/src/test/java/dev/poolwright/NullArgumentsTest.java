package dev.poolwright;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.annotation.SaturationPolicy;
import dev.poolwright.annotation.setting.PoolSetting;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not {@code @Nullable} may not be null, and the call itself says so. */
@Timeout(60)
final class NullArgumentsTest {

  private static final Object[] VALUES = {
    1,
    1L,
    true,
    "io",
    new Exception(),
    Duration.ofSeconds(1),
    (Runnable) () -> {},
    (Callable<Integer>) () -> 1,
    (Job<Integer>) () -> 1,
    (Action) () -> {},
    (JobFunction<Integer, Integer>) n -> n,
    List.of(Task.completed(1)),
    Map.of(),
    (Consumer<Object>) value -> {},
    new PoolListener() {},
    ThreadPoolConfig.named("io"),
    PoolSetting.MAX_WORKERS,
    SaturationPolicy.BLOCK,
    WaitFor.ALL_COMPLETED,
    TimeUnit.SECONDS,
    NullArgumentsTest.class.getClassLoader(),
    Runnable.class,
    new String[0],
    new Class<?>[0],
    new MapOption[0],
    new CallOption[0]
  };

  /** One parameter of a method that may not be null. */
  private record Place(Supplier<Object> target, Method method, int index) {
    @Override
    public String toString() {
      return method.getDeclaringClass().getSimpleName() + "." + method.getName() + " " + index;
    }
  }

  private static final Pools pools = Pools.builder().build();

  @AfterAll
  static void close() {
    pools.close();
  }

  static List<Place> places() {
    List<Place> places = new ArrayList<>();
    add(places, Pools.Builder.class, Pools::builder);
    add(places, Pools.class, Pools::direct);
    add(places, Pool.class, () -> pools.pool("default"));
    add(places, Pool.class, () -> pools.pool("default").with());
    Object task = Task.completed(1);
    add(places, Task.class, () -> task);
    for (Class<?> type : List.of(MapOption.class, CallOption.class, Tasks.class)) {
      add(places, type, () -> null);
    }
    add(places, ThreadPoolConfig.class, () -> ThreadPoolConfig.named("io"));
    add(places, VirtualPoolConfig.class, () -> VirtualPoolConfig.named("io"));
    add(places, ProcessPoolConfig.class, () -> ProcessPoolConfig.named("io"));
    add(places, ClusterPoolConfig.class, () -> ClusterPoolConfig.named("io"));
    return places;
  }

  private static void add(List<Place> places, Class<?> type, Supplier<Object> target) {
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass().getPackageName().equals("dev.poolwright")
          && !method.isBridge()) {
        for (int i = 0; i < method.getParameterCount(); i++) {
          if (!isNullable(method.getParameters()[i])) {
            places.add(new Place(target, method, i));
          }
        }
      }
    }
  }

  private static boolean isNullable(Parameter parameter) {
    return parameter.getType().isPrimitive()
        || parameter.getParameterizedType() instanceof TypeVariable
        || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  @ParameterizedTest
  @MethodSource("places")
  void aNullIsRefusedInTheCall(Place place) throws IllegalAccessException {
    Class<?>[] types = place.method().getParameterTypes();
    Object[] arguments = Stream.of(types).map(NullArgumentsTest::value).toArray();
    arguments[place.index()] = null;
    Object target = place.target().get();
    place.method().setAccessible(true);

    assertThatThrownBy(() -> place.method().invoke(target, arguments))
        .hasCauseInstanceOf(NullPointerException.class);
  }

  static List<Place> arrays() {
    return places().stream()
        .filter(place -> place.method().getParameterTypes()[place.index()].isArray())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void aNullInAnArrayIsRefused(Place place) throws IllegalAccessException {
    Class<?>[] types = place.method().getParameterTypes();
    Object[] arguments = Stream.of(types).map(NullArgumentsTest::value).toArray();
    arguments[place.index()] = Array.newInstance(types[place.index()].getComponentType(), 1);
    Object target = place.target().get();
    place.method().setAccessible(true);

    assertThatThrownBy(() -> place.method().invoke(target, arguments))
        .hasCauseInstanceOf(NullPointerException.class);
  }

  private static @Nullable Object value(Class<?> type) {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    return Stream.of(VALUES)
        .filter(boxed::isInstance)
        .findFirst()
        .orElseGet(
            () ->
                Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> null));
  }
}

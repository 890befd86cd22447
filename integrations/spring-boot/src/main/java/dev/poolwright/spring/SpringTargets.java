package dev.poolwright.spring;

import dev.poolwright.spi.TargetSource;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Creates the target objects of a worker JVM in a Spring context of its own, from the
 * configurations in the {@code modules} of the pool: without a web server, with lazy beans and the
 * profile {@value #PROFILE}.
 */
public final class SpringTargets implements TargetSource {

  /** The profile that is active in worker JVMs, in addition to those of the application. */
  public static final String PROFILE = "poolwright-worker";

  /** For the service loader. */
  public SpringTargets() {}

  @Override
  public boolean knows(Class<?> module) {
    return AnnotatedElementUtils.hasAnnotation(module, Configuration.class);
  }

  @Override
  public Maker open(List<Class<?>> modules) {
    return new Beans(
        new SpringApplicationBuilder(modules.toArray(Class<?>[]::new))
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .lazyInitialization(true)
            .profiles(PROFILE)
            .run());
  }

  private record Beans(ApplicationContext context) implements Maker {

    @Override
    public boolean has(Class<?> type) {
      return context.getBeanNamesForType(type).length > 0;
    }

    @Override
    public <T> T make(Class<T> type) {
      return context.getBean(type);
    }
  }
}

package dev.poolwright.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** Says what to do about a bean that needs its own proxy, which needs the bean. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CircleAnalyzer extends AbstractFailureAnalyzer<BeanCurrentlyInCreationException> {

  private final @Nullable ConfigurableListableBeanFactory beans;

  CircleAnalyzer(BeanFactory beans) {
    this.beans = beans instanceof ConfigurableListableBeanFactory all ? all : null;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable failure, BeanCurrentlyInCreationException circle) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof BeanCreationException creation) {
        BeanDefinition definition = definition(creation.getBeanName());
        Object target =
            definition == null ? null : definition.getAttribute(ProxyDefinitions.TARGET);
        if (definition != null && target != null) {
          return analysis(target, definition, failure);
        }
      }
    }
    return null;
  }

  private @Nullable BeanDefinition definition(@Nullable String bean) {
    return beans != null && bean != null && beans.containsBeanDefinition(bean)
        ? beans.getBeanDefinition(bean)
        : null;
  }

  private static FailureAnalysis analysis(Object bean, BeanDefinition proxy, Throwable failure) {
    String type = ClassUtils.getShortName(String.valueOf(proxy.getBeanClassName()));
    return new FailureAnalysis(
        "The bean \"" + bean + "\" needs the proxy " + type + ", which needs that bean first.",
        "Inject ObjectProvider<" + type + "> in its place, and call getObject() at each use.",
        failure);
  }
}

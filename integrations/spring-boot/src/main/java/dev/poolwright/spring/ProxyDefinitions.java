package dev.poolwright.spring;

import dev.poolwright.Pools;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.FatalBeanException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The definitions of proxies: one for each bean whose class, or a class above it, has one. */
final class ProxyDefinitions {

  /** The attribute that names the bean which a proxy calls. */
  static final String TARGET = ProxyDefinitions.class.getName() + ".target";

  /** A proxy that a bean needs. */
  private record Need(String bean, Class<?> type, String proxy) {}

  private final ConfigurableListableBeanFactory beans;
  private final BeanDefinitionRegistry registry;
  private final ProxyList proxies;

  ProxyDefinitions(
      ConfigurableListableBeanFactory beans, BeanDefinitionRegistry registry, ProxyList proxies) {
    this.beans = beans;
    this.registry = registry;
    this.proxies = proxies;
  }

  /** Registers all but those that the application defines by itself. */
  void register() {
    List<Need> needs = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Iterator<String> names = beans.getBeanNamesIterator(); names.hasNext(); ) {
      String bean = names.next();
      for (Class<?> type = typeOf(bean); type != null; type = type.getSuperclass()) {
        given.add(type.getName());
        String proxy = proxies.byTarget().get(type.getName());
        if (proxy != null) {
          needs.add(new Need(bean, type, proxy));
        }
      }
    }
    for (Need need : needs) {
      if (!given.contains(need.proxy())) {
        PoolwrightBeans.register(registry, name(need), proxy(need));
      }
    }
    for (String proxy : proxies.withoutTarget()) {
      if (!given.contains(proxy)) {
        String name = StringUtils.uncapitalize(ClassUtils.getShortName(proxy));
        PoolwrightBeans.register(registry, name, ofStatics(proxy));
      }
    }
  }

  /** Null also of what cannot be loaded: whoever makes the bean is told. */
  private @Nullable Class<?> typeOf(String bean) {
    boolean isAbstract =
        beans.containsBeanDefinition(bean) && beans.getBeanDefinition(bean).isAbstract();
    if (isAbstract || ScopedProxyUtils.isScopedTarget(bean)) {
      return null;
    }
    try {
      return beans.getType(bean, false);
    } catch (FatalBeanException e) {
      return null;
    }
  }

  /** {@code asyncSlow} for the bean {@code slow}; the class of the proxy for an imported class. */
  private String name(Need need) {
    if (need.bean().indexOf('.') >= 0 && need.bean().equals(need.type().getName())) {
      return need.proxy();
    }
    String name = "async" + StringUtils.capitalize(need.bean());
    return beans.containsBean(name) ? name + "." + ClassUtils.getShortName(need.proxy()) : name;
  }

  private RootBeanDefinition proxy(Need need) {
    RootBeanDefinition proxy = new RootBeanDefinition();
    proxy.setBeanClassName(need.proxy());
    ConstructorArgumentValues arguments = proxy.getConstructorArgumentValues();
    arguments.addIndexedArgumentValue(0, new RuntimeBeanReference(need.bean()));
    arguments.addIndexedArgumentValue(1, new RuntimeBeanReference(Pools.class));
    proxy.setAttribute(TARGET, need.bean());
    if (beans.containsBeanDefinition(need.bean())) {
      copy(beans.getMergedBeanDefinition(need.bean()), proxy);
    }
    qualify(proxy, need);
    return proxy;
  }

  private static void copy(BeanDefinition from, RootBeanDefinition proxy) {
    proxy.setScope(from.getScope());
    proxy.setPrimary(from.isPrimary());
    proxy.setFallback(from.isFallback());
    proxy.setAutowireCandidate(from.isAutowireCandidate());
    proxy.setLazyInit(from.isLazyInit());
    if (from instanceof AbstractBeanDefinition all) {
      proxy.setDefaultCandidate(all.isDefaultCandidate());
      proxy.copyQualifiersFrom(all);
    }
  }

  /** A proxy has the qualifiers of its bean; of a bean that has none, its name is one. */
  private void qualify(RootBeanDefinition proxy, Need need) {
    AnnotatedElement element = qualified(need);
    if (element != null) {
      proxy.setQualifiedElement(element);
    } else if (proxy.getQualifiers().isEmpty()) {
      PoolwrightBeans.qualify(proxy, need.bean());
    }
  }

  private @Nullable AnnotatedElement qualified(Need need) {
    if (beans.containsBeanDefinition(need.bean())
        && beans.getMergedBeanDefinition(need.bean()) instanceof RootBeanDefinition root
        && root.getResolvedFactoryMethod() != null
        && isQualified(root.getResolvedFactoryMethod())) {
      return root.getResolvedFactoryMethod();
    }
    Class<?> type = beans.getType(need.bean(), false);
    return type != null && isQualified(type) ? type : null;
  }

  private static boolean isQualified(AnnotatedElement element) {
    return AnnotatedElementUtils.hasAnnotation(element, Qualifier.class)
        || AnnotatedElementUtils.hasAnnotation(element, jakarta.inject.Qualifier.class);
  }

  /** Lazy, since nobody need use it here. */
  private static RootBeanDefinition ofStatics(String className) {
    RootBeanDefinition proxy = new RootBeanDefinition();
    proxy.setBeanClassName(className);
    proxy
        .getConstructorArgumentValues()
        .addIndexedArgumentValue(0, new RuntimeBeanReference(Pools.class));
    proxy.setLazyInit(true);
    return proxy;
  }
}

package dev.poolwright.spring;

import dev.poolwright.Pool;
import dev.poolwright.Pools;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Registers the pools, and one proxy for each bean whose class has one: after all other beans are
 * known, and without making any of them.
 */
final class PoolwrightBeans implements BeanDefinitionRegistryPostProcessor {

  /** Stands before the name of a pool. */
  static final String POOL = "poolwright.pools.";

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {}

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (!(beans instanceof BeanDefinitionRegistry registry)) {
      return;
    }
    ClassLoader loader =
        Objects.requireNonNullElseGet(
            beans.getBeanClassLoader(), ClassLoader::getSystemClassLoader);
    for (String name : Pools.builder().classLoader(loader).names()) {
      register(registry, POOL + name, pool(name));
    }
    new ProxyDefinitions(beans, registry, ProxyList.read(loader)).register();
  }

  /** Called by Spring for each pool. */
  static Pool pool(Pools pools, String name) {
    return pools.pool(name);
  }

  /**
   * No candidate by type alone: else Boot would take a pool for the application's one executor. And
   * lazy: a test may have other pools.
   */
  private static RootBeanDefinition pool(String name) {
    RootBeanDefinition pool = new RootBeanDefinition(PoolwrightBeans.class);
    pool.setFactoryMethodName("pool");
    pool.getConstructorArgumentValues()
        .addIndexedArgumentValue(0, new RuntimeBeanReference(Pools.class));
    pool.getConstructorArgumentValues().addIndexedArgumentValue(1, name);
    pool.setTargetType(Pool.class);
    pool.setDefaultCandidate(false);
    pool.setLazyInit(true);
    pool.setDestroyMethodName("");
    qualify(pool, name);
    return pool;
  }

  /** Lets a bean be asked for by a name, as Spring and as Jakarta have it. */
  static void qualify(RootBeanDefinition bean, String name) {
    bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
    bean.addQualifier(new AutowireCandidateQualifier("jakarta.inject.Named", name));
  }

  /** Registers a bean that the application does not define by itself. */
  static void register(
      BeanDefinitionRegistry registry, String name, RootBeanDefinition definition) {
    if (!registry.containsBeanDefinition(name)) {
      registry.registerBeanDefinition(name, definition);
    }
  }
}

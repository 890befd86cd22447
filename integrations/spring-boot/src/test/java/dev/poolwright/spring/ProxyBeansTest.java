package dev.poolwright.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.Pools;
import jakarta.inject.Named;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Proxies become beans where their classes are. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ProxyBeansTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(PoolwrightAutoConfiguration.class));

  @Test
  void aProxyOfABeanIsABean() {
    context
        .withBean("greeter", Greeter.class)
        .run(
            run ->
                assertThat(run.getBean("asyncGreeter", AsyncGreeter.class).greet("Ann").get())
                    .isEqualTo("Hello, Ann, from greetings-1"));
  }

  @Test
  void aClassThatIsNoBeanHasNoProxy() {
    context.run(run -> assertThat(run).doesNotHaveBean(AsyncGreeter.class));
  }

  @Test
  void aProxyOfStaticMethodsNeedsNoOtherBean() {
    context.run(run -> assertThat(run.getBean(AsyncPrimes.class).isPrime(5).get()).isTrue());
  }

  @Test
  void anImportedClassHasAProxyOfThatName() {
    context
        .withUserConfiguration(Imports.class)
        .run(run -> assertThat(run).hasBean(AsyncGreeter.class.getName()));
  }

  @Import(Greeter.class)
  static class Imports {}

  @Test
  void severalBeansOfOneClassHaveAProxyEach() {
    context
        .withUserConfiguration(Several.class)
        .run(
            run -> {
              Map<String, AsyncGreeter> proxies = run.getBeansOfType(AsyncGreeter.class);
              assertThat(proxies).containsOnlyKeys("asyncHello", "asyncCiao", "asyncSalut");
              Wanted wanted = run.getBean(Wanted.class);
              assertThat(wanted.primary()).isSameAs(proxies.get("asyncHello"));
              assertThat(wanted.named()).isSameAs(proxies.get("asyncCiao"));
              assertThat(wanted.italian()).isSameAs(proxies.get("asyncCiao"));
              assertThat(wanted.french()).isSameAs(proxies.get("asyncSalut"));
              assertThat(wanted.french().greet("Ann").get()).startsWith("Salut, Ann");
            });
  }

  @Configuration(proxyBeanMethods = false)
  @Import(Wanted.class)
  static class Several {
    @Bean
    @Primary
    Greeter hello() {
      return new Greeter("Hello");
    }

    @Bean
    Greeter ciao() {
      return new Greeter("Ciao");
    }

    @Bean
    @Qualifier("french")
    @Lazy
    Greeter salut() {
      return new Greeter("Salut");
    }
  }

  record Wanted(
      AsyncGreeter primary,
      @Named("ciao") AsyncGreeter named,
      @Qualifier("ciao") AsyncGreeter italian,
      @Qualifier("french") AsyncGreeter french) {}

  @Test
  void aProxyHasTheScopeOfItsBean() {
    context
        .withUserConfiguration(Prototypes.class)
        .run(
            run ->
                assertThat(run.getBean(AsyncGreeter.class))
                    .isNotSameAs(run.getBean(AsyncGreeter.class)));
  }

  @Configuration(proxyBeanMethods = false)
  static class Prototypes {
    @Bean
    @Scope("prototype")
    Greeter greeter() {
      return new Greeter();
    }
  }

  @Test
  void aProxyThatTheApplicationDefinesStandsAlone() {
    context
        .withBean("greeter", Greeter.class)
        .withUserConfiguration(Own.class)
        .run(run -> assertThat(run).getBeanNames(AsyncGreeter.class).containsExactly("mine"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    AsyncGreeter mine(Greeter greeter, Pools pools) {
      return new AsyncGreeter(greeter, pools);
    }
  }

  @Test
  void aTransactionalBeanIsCalledInItsTransaction() {
    context
        .withBean("ledger", Ledger.class)
        .withUserConfiguration(Transactions.class)
        .run(run -> assertThat(run.getBean(AsyncLedger.class).isInTransaction().get()).isTrue());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement(proxyTargetClass = true)
  static class Transactions {
    @Bean
    PlatformTransactionManager transactions() {
      return new NoResource();
    }
  }

  /** Begins and ends transactions of nothing. */
  private static final class NoResource extends AbstractPlatformTransactionManager {
    private static final long serialVersionUID = 1;

    @Override
    protected Object doGetTransaction() {
      return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }

  @Test
  void aClassThatNeedsItsOwnProxyTakesAProviderOfIt() {
    context
        .withBean("crawler", Crawler.class)
        .run(run -> assertThat(run.getBean(AsyncCrawler.class).depth(3).get()).isEqualTo(3));
  }
}

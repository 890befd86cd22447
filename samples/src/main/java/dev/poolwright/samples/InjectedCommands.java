package dev.poolwright.samples;

import com.google.inject.Injector;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Lets Guice make the commands, so that they can ask for proxies in their constructors. */
final class InjectedCommands implements IFactory {

  private final Injector injector;

  InjectedCommands(Injector injector) {
    this.injector = injector;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    boolean isOurs = type.getPackageName().startsWith(Main.class.getPackageName());
    return isOurs ? injector.getInstance(type) : CommandLine.defaultFactory().create(type);
  }
}

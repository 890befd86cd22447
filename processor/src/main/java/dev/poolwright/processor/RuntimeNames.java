package dev.poolwright.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.stream.Stream;

/** The types of the runtime that generated code uses. The processor knows them by name alone. */
final class RuntimeNames {

  static final ClassName BATCH = ClassName.get("dev.poolwright", "Batch");
  static final ClassName CALL_OPTION = ClassName.get("dev.poolwright", "CallOption");
  static final ClassName MAP_OPTION = ClassName.get("dev.poolwright", "MapOption");
  static final ClassName POOLS = ClassName.get("dev.poolwright", "Pools");
  static final ClassName PROCESS_CONFIG = ClassName.get("dev.poolwright", "ProcessPoolConfig");
  static final ClassName TASK = ClassName.get("dev.poolwright", "Task");
  static final ClassName THREAD_CONFIG = ClassName.get("dev.poolwright", "ThreadPoolConfig");
  static final ClassName CALL = ClassName.get("dev.poolwright.spi", "Call");
  static final ClassName CALL_SITE = ClassName.get("dev.poolwright.spi", "CallSite");
  static final ClassName CATALOGUE = ClassName.get("dev.poolwright.spi", "PoolCatalogue");
  static final ClassName ROWS = ClassName.get("dev.poolwright.spi", "Rows");
  static final ClassName TARGETS = ClassName.get("dev.poolwright.spi", "Targets");
  static final ClassName DECLARATION = CATALOGUE.nestedClass("Declaration");
  static final ClassName DURATION_TEXT =
      ClassName.get("dev.poolwright.annotation.setting", "DurationText");
  static final ClassName INJECT = ClassName.get("jakarta.inject", "Inject");
  static final ClassName GENERATED = ClassName.get("javax.annotation.processing", "Generated");

  /** The simple names of those that proxies use. */
  static final List<String> SIMPLE =
      Stream.of(
              BATCH,
              CALL_OPTION,
              MAP_OPTION,
              POOLS,
              TASK,
              CALL,
              CALL_SITE,
              ROWS,
              TARGETS,
              INJECT,
              GENERATED)
          .map(ClassName::simpleName)
          .toList();

  private RuntimeNames() {}
}

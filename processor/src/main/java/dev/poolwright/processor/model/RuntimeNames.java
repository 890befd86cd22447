package dev.poolwright.processor.model;

import com.palantir.javapoet.ClassName;
import dev.poolwright.annotation.PoolKind;
import java.util.List;
import java.util.stream.Stream;

/** The types of the runtime that generated code uses. The processor knows them by name alone. */
public final class RuntimeNames {

  public static final ClassName BATCH = ClassName.get("dev.poolwright", "Batch");
  public static final ClassName CALL_OPTION = ClassName.get("dev.poolwright", "CallOption");
  public static final ClassName MAP_OPTION = ClassName.get("dev.poolwright", "MapOption");
  public static final ClassName POOL = ClassName.get("dev.poolwright", "Pool");
  public static final ClassName POOLS = ClassName.get("dev.poolwright", "Pools");
  public static final ClassName TASK = ClassName.get("dev.poolwright", "Task");
  public static final ClassName CALL = ClassName.get("dev.poolwright.spi", "Call");
  public static final ClassName CALL_SITE = ClassName.get("dev.poolwright.spi", "CallSite");
  public static final ClassName CATALOGUE = ClassName.get("dev.poolwright.spi", "PoolCatalogue");
  public static final ClassName ROWS = ClassName.get("dev.poolwright.spi", "Rows");
  public static final ClassName TARGETS = ClassName.get("dev.poolwright.spi", "Targets");
  public static final ClassName DECLARATION = CATALOGUE.nestedClass("Declaration");
  public static final ClassName DURATION_TEXT =
      ClassName.get("dev.poolwright.annotation.setting", "DurationText");
  public static final ClassName INJECT = ClassName.get("jakarta.inject", "Inject");
  public static final ClassName GENERATED =
      ClassName.get("javax.annotation.processing", "Generated");

  /** The simple names of those that proxies use. */
  public static final List<String> SIMPLE =
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

  /** The configuration of pools of a kind. */
  public static ClassName config(PoolKind kind) {
    return ClassName.get(
        "dev.poolwright",
        switch (kind) {
          case THREAD -> "ThreadPoolConfig";
          case VIRTUAL -> "VirtualPoolConfig";
          case PROCESS -> "ProcessPoolConfig";
          case CLUSTER -> "ClusterPoolConfig";
        });
  }
}

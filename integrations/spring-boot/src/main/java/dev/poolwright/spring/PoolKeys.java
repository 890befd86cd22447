package dev.poolwright.spring;

import dev.poolwright.annotation.PoolKind;
import dev.poolwright.annotation.SaturationPolicy;
import java.time.Duration;
import java.util.List;

/**
 * What may stand below {@code poolwright.pools.<pool>}: named by the metadata, for completion in
 * editors, and never made. A test holds it to the table of settings.
 */
record PoolKeys(
    PoolKind kind,
    Integer maxWorkers,
    Integer queueCapacity,
    SaturationPolicy whenSaturated,
    Duration keepAlive,
    Integer prestart,
    Duration timeout,
    Long queueBytes,
    Duration cancelGrace,
    Duration stuckDump,
    Integer maxTasksPerWorker,
    Integer retries,
    Duration startTimeout,
    Duration exitTimeout,
    List<String> jvmArgs,
    List<String> environment,
    String java,
    List<String> classPath,
    String initializer,
    List<String> modules,
    Long payloadLimit,
    List<String> allow,
    String crashFiles,
    String cluster,
    Duration noWorkerTimeout) {}

package dev.poolwright.internal.process;

import dev.poolwright.ProcessPoolConfig;
import dev.poolwright.TaskProgress;
import dev.poolwright.WorkerStartException;
import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.life.ExitPlan;
import dev.poolwright.internal.life.Life;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.process.jvm.WorkerExit;
import dev.poolwright.internal.process.jvm.WorkerJvm;
import dev.poolwright.internal.process.start.Machine;
import dev.poolwright.internal.process.start.StartingWorker;
import dev.poolwright.internal.process.start.WorkerLauncher;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.Outcomes;
import dev.poolwright.internal.wire.Outcomes.Ending;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.spi.Call;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A worker JVM and what a driver does with it. */
public final class OneWorker implements AutoCloseable {
  private final Life life =
      new Life(failure -> {}, ExitPlan.DEFAULT, ClassLoader.getSystemClassLoader());
  final WorkerLauncher launcher;
  public final WorkerJvm jvm;
  final AtomicLong calls = new AtomicLong();
  private final Payloads payloads;
  private final Outcomes outcomes;

  public OneWorker(ProcessPoolConfig config) {
    this(config, new Machine());
  }

  public OneWorker(ProcessPoolConfig config, Machine machine) {
    PoolSettings settings = PoolSettings.of(config);
    launcher = new WorkerLauncher(settings, life, machine);
    try {
      jvm = launcher.start(settings.name() + "-1", new StartingWorker(null, null));
    } catch (WorkerStartException e) {
      end();
      throw e;
    }
    payloads =
        new Payloads(
            settings.words(PoolSetting.ALLOW), (int) settings.bytes(PoolSetting.PAYLOAD_LIMIT));
    outcomes = new Outcomes(payloads);
  }

  public static OneWorker start() {
    return new OneWorker(config());
  }

  public static ProcessPoolConfig config() {
    return ProcessPoolConfig.named("cpu").maxWorkers(1).jvmArgs("-Xmx64m");
  }

  public Ending call(Call<?, ?> call) throws IOException {
    return calls(List.of(call)).get(0);
  }

  public List<Ending> calls(List<? extends Call<?, ?>> all) throws IOException {
    Class<?> type = all.get(0).getClass();
    String name = "Calls." + type.getSimpleName();
    PayloadBuffer header = new PayloadBuffer(10_000);
    new CallHeader(name, type.getName(), "", false, 0).write(header);
    PayloadBuffer elements = new PayloadBuffer(0);
    for (Call<?, ?> call : all) {
      int at = elements.size();
      elements.limitTo(at + 4);
      elements.putInt(0);
      payloads.writeCall(name, call, null, elements);
      elements.setInt(at, elements.size() - at - 4);
    }
    List<Ending> ended = new ArrayList<>();
    jvm.exchange(
        calls.incrementAndGet(),
        header.toByteBuffer(),
        all.size(),
        new WorkerJvm.CallListener() {
          @Override
          public void ended(int element, ByteBuffer outcome) throws IOException {
            ended.add(outcomes.read(name, type, type.getClassLoader(), jvm.label(), outcome));
          }

          @Override
          public void progress(int element, TaskProgress progress) {}
        },
        elements.toByteBuffer());
    return ended;
  }

  @Override
  public void close() {
    jvm.retire();
    WorkerExit unused = jvm.reap();
    end();
  }

  private void end() {
    launcher.close();
    life.shutdownNow();
    try {
      boolean unused = life.awaitTermination(TimeUnit.SECONDS.toNanos(10));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

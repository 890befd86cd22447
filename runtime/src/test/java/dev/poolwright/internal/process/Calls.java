package dev.poolwright.internal.process;

import dev.poolwright.spi.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that tests send to worker JVMs, as generated code would write them. */
public final class Calls {
  private Calls() {}

  public record Echo(@Nullable Object value) implements Call<Calls, @Nullable Object> {
    @Override
    public @Nullable Object on(Calls target) {
      return value;
    }
  }

  public record Pid() implements Call<Calls, Long> {
    @Override
    public Long on(Calls target) {
      return ProcessHandle.current().pid();
    }
  }

  public record Throw(Throwable failure) implements Call<Calls, @Nullable Object> {
    @Override
    public @Nullable Object on(Calls target) throws Throwable {
      failure.setStackTrace(new Throwable().getStackTrace());
      throw failure;
    }
  }

  public record Exit(int code) implements Call<Calls, @Nullable Object> {
    @Override
    public @Nullable Object on(Calls target) {
      System.exit(code);
      return null;
    }
  }

  public record Halt(int code) implements Call<Calls, @Nullable Object> {
    @Override
    public @Nullable Object on(Calls target) {
      Runtime.getRuntime().halt(code);
      return null;
    }
  }

  public record FillHeap() implements Call<Calls, Integer> {
    @Override
    public Integer on(Calls target) {
      List<byte[]> all = new ArrayList<>();
      while (all.size() < Integer.MAX_VALUE) {
        all.add(new byte[1 << 20]);
      }
      return all.size();
    }
  }

  record Spin() implements Call<Calls, Integer> {
    @Override
    public Integer on(Calls target) {
      int turns = 0;
      while (System.nanoTime() != 0) {
        turns++;
      }
      return turns;
    }
  }

  record Sleep(long millis) implements Call<Calls, String> {
    @Override
    public String on(Calls target) throws InterruptedException {
      Thread.sleep(millis);
      return "slept";
    }
  }

  record Print(String text, boolean toErr) implements Call<Calls, @Nullable Object> {
    @Override
    public @Nullable Object on(Calls target) {
      (toErr ? System.err : System.out).println(text);
      return null;
    }
  }
}

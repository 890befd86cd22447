package dev.poolwright.internal.process;

import dev.poolwright.annotation.setting.PoolSetting;
import dev.poolwright.internal.pool.PoolSettings;
import dev.poolwright.internal.time.Nanos;
import dev.poolwright.internal.wire.CallHeader;
import dev.poolwright.internal.wire.FrameChannel;
import dev.poolwright.internal.wire.FrameType;
import dev.poolwright.internal.wire.Hello;
import dev.poolwright.internal.wire.Invitation;
import dev.poolwright.internal.wire.PayloadBuffer;
import dev.poolwright.internal.wire.Payloads;
import dev.poolwright.internal.wire.Rehearsal;
import dev.poolwright.internal.wire.RunWord;
import dev.poolwright.internal.wire.WorkerSetup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * All that a parent says to a worker JVM that makes one small call of this library's own and ends:
 * it plays its part alone, with files in the place of the pipes. No code of users runs.
 *
 * @param down what it reads
 * @param up what it writes
 * @param word its run word
 */
record WorkerScript(Path down, Path up, Path word) {
  private static final long CALL = 1;

  static WorkerScript in(Path directory, String prefix) {
    return new WorkerScript(
        directory.resolve(prefix + ".down"),
        directory.resolve(prefix + ".up"),
        directory.resolve(prefix + ".word"));
  }

  List<Path> files() {
    return List.of(down, up, word);
  }

  /**
   * Writes it.
   *
   * @param settings of the pool
   * @param callClass what the worker is to load as if it were for its first call
   * @return what is to be written to the worker's standard input, which then stays open
   * @throws IOException when the files cannot be written
   */
  byte[] write(PoolSettings settings, String callClass) throws IOException {
    RunWord unused = RunWord.create(word);
    int limit = (int) settings.bytes(PoolSetting.PAYLOAD_LIMIT);
    WorkerSetup setup =
        new WorkerSetup(
            settings.name(),
            "",
            List.of(),
            settings.words(PoolSetting.ALLOW),
            limit,
            Nanos.millis(settings.duration(PoolSetting.EXIT_TIMEOUT)));
    try (FrameChannel channel =
        new FrameChannel(
            FileChannel.open(down, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            setup.frameLimit())) {
      channel.send(FrameType.SETUP, 0, setup.write());
      channel.send(
          FrameType.CALL, CALL, call(new Payloads(settings.words(PoolSetting.ALLOW), limit)));
      channel.send(FrameType.RETIRE, 0);
    }
    String endpoint = PipeEndpoint.address(down, up);
    return new Invitation(new byte[Hello.TOKEN_BYTES], endpoint, "", callClass).write();
  }

  private static ByteBuffer call(Payloads payloads) {
    PayloadBuffer out = new PayloadBuffer(1 << 10);
    new CallHeader("", Rehearsal.class.getName(), "", false, 0).write(out);
    out.putInt(1);
    int at = out.size();
    out.putInt(0);
    payloads.writeCall("", new Rehearsal(1), out);
    out.setInt(at, out.size() - at - 4);
    return out.toByteBuffer();
  }
}

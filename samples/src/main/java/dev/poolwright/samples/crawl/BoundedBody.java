package dev.poolwright.samples.crawl;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body into memory as long as it is short enough: a server may send without end. */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final int limitBytes;
  private long readBytes;
  private Flow.@Nullable Subscription subscription;

  private BoundedBody(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Handles the body of one response.
   *
   * @param limitBytes a longer body fails with an {@link IOException}, and is read no further
   */
  static BodyHandler<byte[]> handler(int limitBytes) {
    return response -> new BoundedBody(limitBytes);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    bytes.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    readBytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (readBytes <= limitBytes) {
      bytes.onNext(buffers);
    } else if (subscription != null) {
      subscription.cancel();
      bytes.onError(new IOException(String.format("longer than %,d bytes", limitBytes)));
    }
  }

  @Override
  public void onError(Throwable failure) {
    bytes.onError(failure);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}

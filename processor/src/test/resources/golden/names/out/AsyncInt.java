package demo;

import dev.poolwright.Batch;
import dev.poolwright.CallOption;
import dev.poolwright.MapOption;
import dev.poolwright.Pools;
import dev.poolwright.spi.Call;
import dev.poolwright.spi.CallSite;
import dev.poolwright.spi.Rows;
import dev.poolwright.spi.Targets;
import jakarta.inject.Inject;
import javax.annotation.processing.Generated;

/** Submits the {@code @Async} methods of {@link Int}. */
@Generated("dev.poolwright.processor.AsyncProcessor")
final class AsyncInt {
  private final Int int__;
  private final CallSite<Int> hashSite;
  private final CallSite<Int> sitesSite_;
  private final CallSite<Int> taskSite;
  private final CallSite<Int> URLSite;

  @Inject
  public AsyncInt(Int int__, Pools pools) {
    this.int__ = int__;
    this.hashSite =
        CallSite.of(Int.class, "hash(int, int, int, int, int, int)", "default").open(pools);
    this.sitesSite_ =
        CallSite.of(Int.class, "sites(String, String, String, String, String)", "default")
            .onSuccess("done(String)", (Int target, String pools_) -> target.done(pools_))
            .open(pools);
    this.taskSite = CallSite.of(Int.class, "task(Task, Iterable, URL)", "default").open(pools);
    this.URLSite = CallSite.of(Int.class, "URL()", "default").open(pools);
  }

  private AsyncInt(AsyncInt other, CallOption[] options) {
    this.int__ = other.int__;
    this.hashSite = other.hashSite.with(options);
    this.sitesSite_ = other.sitesSite_.with(options);
    this.taskSite = other.taskSite.with(options);
    this.URLSite = other.URLSite.with(options);
  }

  /** A view of this proxy whose own calls and batch elements have other options. */
  public AsyncInt with(CallOption... options) {
    return new AsyncInt(this, options);
  }

  /** Submits {@link Int#hash(int, int, int, int, int, int)} to pool {@code default}. */
  public dev.poolwright.Task<Integer> hash(int hashCode, int toString, int wait, int notify,
      int getClass, int clone) {
    return hashSite.submit(int__, new Hash(hashCode, toString, wait, notify, getClass, clone));
  }

  /** Submits {@link Int#hash(int, int, int, int, int, int)} once for each element. */
  public Batch<Integer> hashAll(java.lang.Iterable<Integer> hashCodes,
      java.lang.Iterable<Integer> toStrings, java.lang.Iterable<Integer> waits,
      java.lang.Iterable<Integer> notifies, java.lang.Iterable<Integer> getClasses,
      java.lang.Iterable<Integer> clones, MapOption... options) {
    return hashSite.map(int__, Rows.of(hashCodes, toStrings, waits, notifies, getClasses, clones),
        row -> new Hash(row.next(), row.next(), row.next(), row.next(), row.next(), row.next()),
        options);
  }

  /** Submits {@link Int#sites(String, String, String, String, String)} to pool {@code default}. */
  public dev.poolwright.Task<String> sites(String int_, String sitesSite, String pools,
      String options, String row) {
    return sitesSite_.submit(int__, new Sites(int_, sitesSite, pools, options, row));
  }

  /** Submits {@link Int#sites(String, String, String, String, String)} once for each element. */
  public Batch<String> sitesAll(java.lang.Iterable<String> int_s,
      java.lang.Iterable<String> sitesSites, java.lang.Iterable<String> poolses,
      java.lang.Iterable<String> optionses, java.lang.Iterable<String> rows, MapOption... options) {
    return sitesSite_.map(int__, Rows.of(int_s, sitesSites, poolses, optionses, rows),
        row -> new Sites(row.next(), row.next(), row.next(), row.next(), row.next()), options);
  }

  /** Submits {@link Int#task(Task, Iterable, URL)} to pool {@code default}. */
  public dev.poolwright.Task<Task> task(Task task, Iterable iterable, URL url) {
    return taskSite.submit(int__, new Task_(task, iterable, url));
  }

  /** Submits {@link Int#task(Task, Iterable, URL)} once for each element. */
  public Batch<Task> taskAll(java.lang.Iterable<? extends Task> tasks,
      java.lang.Iterable<? extends Iterable> iterables, java.lang.Iterable<? extends URL> urls,
      MapOption... options) {
    return taskSite.map(int__, Rows.of(tasks, iterables, urls),
        row -> new Task_(row.next(), row.next(), row.next()), options);
  }

  /** Submits {@link Int#URL()} to pool {@code default}. */
  public dev.poolwright.Task<String> URL() {
    return URLSite.submit(int__, new URL_());
  }

  /** A call of {@link Int#hash(int, int, int, int, int, int)}. */
  record Hash(int hashCode_, int toString_, int wait_, int notify_, int getClass_,
      int clone_) implements Call<Int, Integer> {
    @Override
    public Integer on(Int int_) {
      return int_.hash(hashCode_, toString_, wait_, notify_, getClass_, clone_);
    }

    @Override
    public Int target(Targets<Int> targets) throws Exception {
      return targets.made(Int::new);
    }
  }

  /** A call of {@link Int#sites(String, String, String, String, String)}. */
  record Sites(String int_, String sitesSite, String pools, String options,
      String row) implements Call<Int, String> {
    @Override
    public String on(Int int__) {
      return int__.sites(int_, sitesSite, pools, options, row);
    }

    @Override
    public Int target(Targets<Int> targets) throws Exception {
      return targets.made(Int::new);
    }
  }

  /** A call of {@link Int#task(Task, Iterable, URL)}. */
  record Task_(Task task, Iterable iterable, URL url) implements Call<Int, Task> {
    @Override
    public Task on(Int int_) {
      return int_.task(task, iterable, url);
    }

    @Override
    public Int target(Targets<Int> targets) throws Exception {
      return targets.made(Int::new);
    }
  }

  /** A call of {@link Int#URL()}. */
  record URL_() implements Call<Int, String> {
    @Override
    public String on(Int int_) {
      return int_.URL();
    }

    @Override
    public Int target(Targets<Int> targets) throws Exception {
      return targets.made(Int::new);
    }
  }
}

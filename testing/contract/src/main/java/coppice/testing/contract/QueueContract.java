package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.Reset;
import coppice.api.Snapshot;
import coppice.api.schema.Field;
import coppice.api.schema.TypeDefinition;
import coppice.api.structure.Delivery;
import coppice.api.structure.Job;
import coppice.api.structure.JobOptions;
import coppice.api.structure.JobState;
import coppice.api.structure.Placed;
import coppice.api.structure.QueueCounts;
import coppice.api.structure.QueueOptions;
import coppice.api.structure.Receipt;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.TypeRef;
import coppice.api.structure.WorkQueue;
import coppice.api.structure.WorkQueueView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Jobs that wait for somebody to do them.
@Timeout(60)
abstract class QueueContract extends Contract {
    /// Something to do.
    public record Mail(String to, int copies) {}

    private static final Duration LONG = Duration.ofDays(1);
    private static final JobOptions PLAIN = JobOptions.defaults();

    private WorkQueue<String> texts() {
        return db.queue("texts", String.class);
    }

    private static <T> List<T> list(Stream<T> stream) {
        try (stream) {
            return stream.toList();
        }
    }

    private static List<String> values(WorkQueueView<String> queue, JobState state) {
        return list(queue.jobs(state)).stream().map(Job::value).toList();
    }

    private static QueueCounts counts(long ready, long delayed, long leased, long dead) {
        return new QueueCounts(ready, delayed, leased, dead);
    }

    private static List<String> taken(WorkQueue<String> queue) {
        List<String> all = new ArrayList<>();
        for (Optional<String> one = queue.take(Duration.ZERO); one.isPresent(); one = queue.take(Duration.ZERO)) {
            all.add(one.get());
        }
        return all;
    }

    @Test
    void whoGetsAJobHasItUntilHeSaysWhatBecomesOfIt() {
        WorkQueue<Mail> mails = db.queue("mails", Mail.class);
        String id = mails.put(new Mail("ann", 2));
        assertThat(mails.peek()).map(Job::id).contains(id);
        Delivery<Mail> got = mails.get();
        assertThat(got.id()).isEqualTo(id);
        assertThat(got.value()).isEqualTo(new Mail("ann", 2));
        assertThat(got.attempt()).isOne();
        assertThat(mails.poll()).isEmpty();
        assertThat(mails.peek()).isEmpty();
        assertThat(mails.counts()).isEqualTo(counts(0, 0, 1, 0));
        assertThat(mails.find(id)).map(Job::until).contains(Optional.of(got.until()));
        assertThat(mails.nack(got.receipt())).isTrue();
        Delivery<Mail> again = mails.poll().orElseThrow();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(mails.ack(got.receipt())).isFalse();
        assertThat(mails.nack(got.receipt())).isFalse();
        assertThat(mails.extend(got.receipt(), LONG)).isFalse();
        assertThat(mails.extend(again.receipt(), LONG)).isTrue();
        assertThat(mails.ack(again.receipt())).isTrue();
        assertThat(mails.ack(again.receipt())).isFalse();
        assertThat(mails.find(id)).isEmpty();
        assertThat(mails.counts().total()).isZero();
        assertThat(db.current().spaces()).containsExactly("@structures");
    }

    @Test
    void lowerPrioritiesComeFirstAndEarlierOnesAmongThem() {
        WorkQueue<String> texts = texts();
        List<Double> priorities = List.of(1.5, -2.0, 0.0, -1e308, 1e300, 1.5, -0.0, 1e308, -2.5);
        for (int i = 0; i < priorities.size(); i++) {
            texts.put(priorities.get(i) + "#" + i, PLAIN.withPriority(priorities.get(i)));
        }
        List<String> order = List.of(
                "-1.0E308#3", "-2.5#8", "-2.0#1", "0.0#2", "-0.0#6", "1.5#0", "1.5#5", "1.0E300#4", "1.0E308#7");
        assertThat(values(texts, JobState.READY)).isEqualTo(order);
        Delivery<String> first = texts.get();
        texts.nack(first.receipt());
        reopenIfPossible();
        assertThat(texts().getMany(3, Duration.ZERO))
                .extracting(Delivery::value)
                .isEqualTo(order.subList(0, 3));
        assertThat(taken(texts())).isEqualTo(order.subList(3, 9));
    }

    @Test
    void aDelayedJobIsNotThereYet() {
        WorkQueue<String> texts = texts();
        Placed later = texts.put("later", PLAIN.withDelay(LONG));
        texts.put("now");
        assertThat(texts.counts()).isEqualTo(counts(1, 1, 0, 0));
        assertThat(taken(texts)).containsExactly("now");
        assertThat(values(texts, JobState.DELAYED)).containsExactly("later");
        assertThat(texts.find(later.id())).map(Job::state).contains(JobState.DELAYED);
        texts.put("back");
        texts.nack(texts.get().receipt(), LONG);
        assertThat(values(texts, JobState.DELAYED)).containsExactly("later", "back");
        assertThat(texts.remove(later.id())).isTrue();
        assertThat(texts.remove(later.id())).isFalse();
        assertThat(texts.counts()).isEqualTo(counts(0, 1, 0, 0));
    }

    @Test
    void aJobOfTheSameKeyIsPutOnce() {
        WorkQueue<String> texts = texts();
        Placed one = texts.put("one", PLAIN.withKey("k"));
        assertThat(one.isNew()).isTrue();
        assertThat(texts.put("two", PLAIN.withKey("k"))).isEqualTo(new Placed(one.id(), false));
        assertThat(texts.put("other", PLAIN.withKey("kk")).isNew()).isTrue();
        Delivery<String> got = texts.get();
        assertThat(texts.put("two", PLAIN.withKey("k")).isNew()).isFalse();
        texts.ack(got.receipt());
        assertThat(texts.put("two", PLAIN.withKey("k")).isNew()).isTrue();
        assertThat(values(texts, JobState.READY)).containsExactly("other", "two");
        assertThat(texts.peek()).flatMap(Job::key).contains("kk");
    }

    @Test
    void whatWasGotTooOftenIsADeadLetter() {
        WorkQueue<String> texts = texts().with(QueueOptions.defaults().withAttempts(2));
        String id = texts.put("bad", PLAIN.withKey("k")).id();
        texts.put("good");
        texts.nack(texts.get().receipt());
        Delivery<String> last = texts.get();
        assertThat(last.attempt()).isEqualTo(2);
        assertThat(texts.nack(last.receipt(), LONG)).isTrue();
        assertThat(texts.counts()).isEqualTo(counts(1, 0, 0, 1));
        assertThat(list(texts.jobs(JobState.DEAD)))
                .extracting(Job::id, Job::attempts)
                .containsExactly(tuple(id, 2));
        assertThat(texts.put("next", PLAIN.withKey("k")).isNew()).isTrue();
        assertThat(texts.retry(id)).isTrue();
        assertThat(texts.retry(id)).isFalse();
        Delivery<String> again = texts.get();
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.attempt()).isOne();
        texts.nack(again.receipt());
        texts.nack(texts.get().receipt());
        assertThat(texts.retryAll()).isOne();
        texts.nack(texts.get().receipt());
        texts.nack(texts.get().receipt());
        assertThat(texts.purge()).isOne();
        assertThat(texts.purge()).isZero();
        assertThat(taken(texts)).containsExactly("good", "next");
        assertThat(db.current().spaces()).containsExactly("@structures");
    }

    @Test
    void severalArePutAndGotAsOneStep() {
        WorkQueue<String> texts = texts();
        List<String> ids = texts.putAll(List.of("a", "b", "c"));
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(texts.putAll(List.of())).isEmpty();
        List<Delivery<String>> got = texts.getMany(2, Duration.ZERO);
        assertThat(got).extracting(Delivery::id).isEqualTo(ids.subList(0, 2));
        assertThat(texts.getMany(2, LONG)).extracting(Delivery::value).containsExactly("c");
        assertThat(texts.getMany(2, Duration.ZERO)).isEmpty();
        assertThatThrownBy(() -> texts.batched(batch -> {
                    batch.put("d");
                    batch.ack(got.getFirst().receipt());
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(texts.counts()).isEqualTo(counts(0, 0, 3, 0));
        texts.batched(batch -> {
            batch.put("d");
            batch.ack(got.getFirst().receipt());
        });
        assertThat(texts.counts()).isEqualTo(counts(1, 0, 2, 0));
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() {
        WorkQueue<Object> any = db.queue("any");
        for (double number : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> PLAIN.withPriority(number)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> PLAIN.withDelay(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAIN.withKey("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QueueOptions.defaults().withVisibility(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QueueOptions.defaults().withAttempts(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> any.getMany(0, LONG)).isInstanceOf(IllegalArgumentException.class);
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.put(Double.NaN));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.putAll(List.of("good", "\uD83D")));
        incorrect(ErrorCode.INVALID_KEY, () -> any.put("x", PLAIN.withKey("k".repeat(1_001))));
        incorrect(ErrorCode.INVALID_KEY, () -> any.put("x", PLAIN.withKey("\uD83D")));
        incorrect(ErrorCode.INVALID_SPACE_NAME, () -> db.queue("@queue/any"));
        assertThat(db.structures().all()).isEmpty();
        any.put("x", PLAIN.withKey("k".repeat(1_000)).withDelay(Duration.ofSeconds(Long.MAX_VALUE)));
        any.put("y");
        Receipt receipt = any.get().receipt();
        assertThatThrownBy(() -> any.nack(receipt, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> any.extend(receipt, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        for (Receipt other :
                List.of(new Receipt("", ""), new Receipt("x".repeat(5_000), "y"), new Receipt(receipt.job(), ""))) {
            assertThat(any.ack(other)).isFalse();
        }
        assertThat(any.find("")).isEmpty();
        assertThat(any.remove("nothing")).isFalse();
        assertThat(any.retry("nothing")).isFalse();
        assertThat(any.counts()).isEqualTo(counts(0, 1, 1, 0));
    }

    @Test
    void aJobThatDoesNotFitTheTypeHoldsUpNobody() {
        db.queue("mails").put(Map.of("to", "ann"));
        db.queue("mails").put(Map.of("to", "bob", "copies", 1));
        db.structures().retype("mails", TypeRef.of(Mail.class));
        WorkQueue<Mail> mails = db.queue("mails", Mail.class);
        assertThatThrownBy(mails::get)
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll("of 'mails'", "copies", "{\"to\":\"ann\"}");
        assertThat(mails.counts()).isEqualTo(counts(1, 0, 0, 1));
        assertThat(mails.retryAll()).isOne();
        assertThatThrownBy(mails::take).isInstanceOf(DatabaseException.Incorrect.class);
        assertThat(mails.counts()).isEqualTo(counts(1, 0, 0, 1));
        assertThat(mails.retryAll()).isOne();
        assertThat(mails.getMany(2, Duration.ZERO)).extracting(Delivery::value).containsExactly(new Mail("bob", 1));
        assertThat(mails.counts()).isEqualTo(counts(0, 0, 1, 1));
    }

    @Test
    void aNameThatStandsForSomethingElseIsRefused() {
        db.dict("people").put("ann", 1);
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.queue("people"));
        WorkQueue<Integer> numbers = db.queue("texts", Integer.class);
        texts().put("a");
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> numbers.put(1));
        incorrect(ErrorCode.OTHER_STRUCTURE, numbers::poll);
        assertThat(texts().counts()).isEqualTo(counts(1, 0, 0, 0));
    }

    @Test
    void isRenamedClearedAndDroppedAsAWhole() {
        texts().put("a", PLAIN.withKey("k"));
        texts().put("b");
        Delivery<String> got = texts().get();
        db.structures().rename("texts", "words");
        WorkQueue<String> words = db.queue("words", String.class);
        assertThat(words.ack(got.receipt())).isTrue();
        assertThat(values(words, JobState.READY)).containsExactly("b");
        assertThat(texts().counts().total()).isZero();
        words.clear();
        assertThat(words.counts().total()).isZero();
        assertThat(words.poll()).isEmpty();
        words.put("c");
        assertThat(db.structures().drop("words")).isTrue();
        assertThat(db.structures().all()).extracting(StructureInfo::name).isEmpty();
        assertThat(db.current().spaces()).isEmpty();
    }

    @Test
    void takesPartInTransactionsAndDoesNotWaitInThem() {
        texts().put("a");
        db.transact(transaction -> {
            WorkQueue<String> texts = transaction.queue("texts", String.class);
            Delivery<String> got = texts.poll().orElseThrow();
            transaction.dict("done").put(got.id(), got.value());
            texts.ack(got.receipt());
            texts.put("b");
            assertThat(texts.peek()).map(Job::value).contains("b");
            assertThat(texts().peek()).map(Job::value).contains("a");
            incorrect(ErrorCode.NOT_IN_TRANSACTION, texts::get);
            incorrect(ErrorCode.NOT_IN_TRANSACTION, () -> texts.take(LONG));
            return true;
        });
        assertThat(taken(texts())).containsExactly("b");
        assertThat(db.dict("done").count()).isOne();
    }

    @Test
    void branchesThatPutJobsMergeWithoutConflict() {
        texts().put("first");
        db.commit("first");
        Branch draft = db.branch("draft", db.head());
        WorkQueue<String> there = draft.queue("texts", String.class);
        there.put("draft", PLAIN.withKey("k"));
        draft.commit("draft");
        texts().put("main", PLAIN.withKey("k"));
        texts().ack(texts().get().receipt());
        db.commit("main");
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(values(texts(), JobState.READY)).containsExactlyInAnyOrder("draft", "main");
        Snapshot first = db.at("HEAD~2");
        assertThat(values(first.queue("texts", String.class), JobState.READY)).containsExactly("first");
        assertThat(first.queue("texts", String.class).counts()).isEqualTo(counts(1, 0, 0, 0));
        assertThat(taken(texts())).hasSize(2);
    }

    @Test
    void rowsThatAMergeLeftAreSetRight() {
        String id = texts().put("job");
        db.commit("put");
        Branch draft = db.branch("draft", db.head());
        Receipt late = draft.queue("texts", String.class).get().receipt();
        draft.commit("got");
        Receipt here = texts().get().receipt();
        texts().nack(here);
        db.commit("given back");
        var outcome = db.merge("draft", Merge.into("main").policy(new MergePolicy.Ours()));
        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(texts().ack(late)).isFalse();
        assertThat(texts().find(id)).map(Job::state).contains(JobState.READY);
    }

    @Test
    void honoursTheTypesOfTheBranch() {
        db.schema()
                .define(TypeDefinition.of(
                        "mail", "mails", Field.integer("copies").check("copies > 0")));
        WorkQueue<Mail> mails = db.queue("mails", Mail.class);
        incorrect(ErrorCode.TYPE_VIOLATED, () -> mails.put(new Mail("ann", 0)));
        mails.put(new Mail("ann", 1));
        assertThat(db.query("mails").where("copies = 1").rows()).hasSize(1);
        assertThat(mails.counts().total()).isOne();
    }

    @Test
    void eachJobIsGotByOne() throws Exception {
        WorkQueue<Integer> numbers = db.queue("numbers", Integer.class);
        int producers = 4;
        int jobs = 100;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Integer>>> consumers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean isTaking = i % 2 == 0;
                consumers.add(threads.submit(() -> consume(numbers, isTaking)));
            }
            List<Callable<Boolean>> all = IntStream.range(0, producers)
                    .<Callable<Boolean>>mapToObj(producer -> () -> {
                        IntStream.range(0, jobs).forEach(i -> numbers.put(producer * jobs + i));
                        return true;
                    })
                    .toList();
            for (Future<Boolean> one : threads.invokeAll(all)) {
                one.get();
            }
            numbers.putAll(List.of(-1, -1, -1, -1));
            List<Integer> got = new ArrayList<>();
            for (Future<List<Integer>> one : consumers) {
                got.addAll(one.get());
            }
            assertThat(got)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, producers * jobs).boxed().toList());
        }
        assertThat(numbers.counts().total()).isZero();
    }

    /// Until there is a job that says to end.
    private static List<Integer> consume(WorkQueue<Integer> numbers, boolean isTaking) {
        List<Integer> mine = new ArrayList<>();
        while (true) {
            int number;
            if (isTaking) {
                number = numbers.take();
            } else {
                Delivery<Integer> got = numbers.get();
                number = got.value();
                assertThat(numbers.ack(got.receipt())).isTrue();
            }
            if (number < 0) {
                return mine;
            }
            mine.add(number);
        }
    }

    @Test
    void whateverMakesAJobReadyWakesWhoWaits() throws Exception {
        texts().put("a");
        db.commit("with a job");
        assertThat(taken(texts())).hasSize(1);
        db.commit("without");
        CompletableFuture<String> first = texts().async().take();
        db.transact(transaction -> transaction.queue("texts", String.class).put("by a transaction"));
        assertThat(first.get()).isEqualTo("by a transaction");
        CompletableFuture<String> second = texts().async().take();
        db.current().reset("HEAD~1", Reset.HARD);
        assertThat(second.get()).isEqualTo("a");
        CompletableFuture<Delivery<String>> third = texts().async().get();
        texts().put("c");
        Delivery<String> got = third.get();
        CompletableFuture<Delivery<String>> fourth = texts().async().get();
        texts().nack(got.receipt());
        assertThat(fourth.get().value()).isEqualTo("c");
        CompletableFuture<String> delayed = texts().async().take();
        texts().put("d", PLAIN.withDelay(Duration.ofMillis(20)));
        assertThat(delayed.get()).isEqualTo("d");
        CompletableFuture<Delivery<String>> late = texts().async().get();
        texts().extend(fourth.get().receipt(), Duration.ofMillis(20));
        assertThat(late.get().attempt()).isEqualTo(3);
    }

    @Test
    void aWaitEndsWithItsTimeItsThreadItsBranchAndItsDatabase() throws Exception {
        assertThat(texts().get(Duration.ofMillis(5))).isEmpty();
        assertThat(texts().take(Duration.ofMillis(5))).isEmpty();
        assertThat(texts().getMany(3, Duration.ofMillis(5))).isEmpty();
        CompletableFuture<Delivery<String>> cancelled = texts().async().get();
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(catchThrowable(cancelled::join)).isInstanceOf(CancellationException.class);
        CompletableFuture<String> onBranch =
                db.branch("b", db.head()).queue("texts", String.class).async().take();
        db.forceDeleteBranch("b");
        assertThat(catchThrowable(onBranch::join)).hasCauseInstanceOf(DatabaseException.NotFound.class);
        CompletableFuture<String> closed = texts().async().take();
        db.close();
        assertThat(catchThrowable(closed::join)).hasCauseInstanceOf(DatabaseException.Closed.class);
    }
}

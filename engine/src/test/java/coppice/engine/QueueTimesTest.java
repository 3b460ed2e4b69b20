package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Merge;
import coppice.api.MergePolicy;
import coppice.api.structure.Delivery;
import coppice.api.structure.Job;
import coppice.api.structure.JobOptions;
import coppice.api.structure.JobState;
import coppice.api.structure.QueueCounts;
import coppice.api.structure.QueueOptions;
import coppice.api.structure.Receipt;
import coppice.api.structure.WorkQueue;
import coppice.api.structure.WorkQueueView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Leases and delays of jobs.
@Timeout(60)
class QueueTimesTest extends TimedTest {
    private static final QueueOptions TWICE = new QueueOptions(HOUR, 2);

    private WorkQueue<String> queue;

    @BeforeEach
    void openTheQueue() {
        queue = db.queue("q", String.class).with(TWICE);
    }

    private static QueueCounts counts(long ready, long delayed, long leased, long dead) {
        return new QueueCounts(ready, delayed, leased, dead);
    }

    private static List<String> values(WorkQueueView<String> queue, JobState state) {
        try (var jobs = queue.jobs(state)) {
            return jobs.map(Job::value).toList();
        }
    }

    @Test
    void whatIsNotAcknowledgedInTimeComesBackAndIsADeadLetterInTheEnd() {
        queue.put("a");
        Delivery<String> first = queue.get();
        assertThat(first.until()).isEqualTo(now().plus(HOUR));
        pass(HOUR.minusMillis(1));
        assertThat(queue.poll()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(queue.counts()).isEqualTo(counts(1, 0, 0, 0));
        assertThat(queue.peek()).map(Job::attempts).contains(1);
        Delivery<String> second = queue.get();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(queue.ack(first.receipt())).isFalse();
        pass(HOUR);
        assertThat(queue.counts()).isEqualTo(counts(0, 0, 0, 1));
        assertThat(values(queue, JobState.DEAD)).containsExactly("a");
        assertThat(queue.poll()).isEmpty();
        assertThat(queue.retry(second.id())).isTrue();
        assertThat(queue.get().attempt()).isOne();
    }

    @Test
    void whatSomebodyHadWhenTheDatabaseWasClosedComesBack() {
        queue.put("a");
        Delivery<String> lost = queue.get();
        db.close();
        pass(HOUR.minusMillis(1));
        open();
        openTheQueue();
        assertThat(queue.poll()).isEmpty();
        assertThat(queue.counts()).isEqualTo(counts(0, 0, 1, 0));
        pass(Duration.ofMillis(1));
        Delivery<String> again = queue.poll().orElseThrow();
        assertThat(again.value()).isEqualTo("a");
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(queue.ack(lost.receipt())).isFalse();
        assertThat(queue.ack(again.receipt())).isTrue();
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void whoIsLateCountsUntilSomebodyElseGotTheJob() {
        queue.putAll(List.of("a", "b", "c"));
        List<Delivery<String>> got = queue.getMany(3, Duration.ZERO);
        pass(HOUR);
        housekeeping.run();
        assertThat(queue.ack(got.get(0).receipt())).isTrue();
        assertThat(queue.extend(got.get(1).receipt(), HOUR.multipliedBy(2))).isTrue();
        assertThat(queue.get().value()).isEqualTo("c");
        assertThat(queue.ack(got.get(2).receipt())).isFalse();
        pass(HOUR);
        assertThat(queue.counts()).isEqualTo(counts(0, 0, 1, 1));
        assertThat(queue.ack(got.get(1).receipt())).isTrue();
    }

    @Test
    void aDelayedJobTakesItsPlaceWhenItsTimeHasCome() {
        JobOptions later = JobOptions.defaults().withDelay(HOUR);
        queue.put("early", later);
        queue.put("urgent", later.withPriority(-1));
        queue.put("late", later.withDelay(HOUR.multipliedBy(2)));
        queue.put("now");
        pass(HOUR);
        List<String> order = List.of("urgent", "early", "now");
        assertThat(values(queue, JobState.READY)).isEqualTo(order);
        assertThat(values(queue, JobState.DELAYED)).containsExactly("late");
        assertThat(queue.counts()).isEqualTo(counts(3, 1, 0, 0));
        assertThat(queue.getMany(9, Duration.ZERO)).extracting(Delivery::value).isEqualTo(order);
    }

    @Test
    void housekeepingWakesWhoWaitsForWhatBecameReady() throws Exception {
        queue.put("a");
        queue.put("b", JobOptions.defaults().withDelay(HOUR.multipliedBy(2)));
        queue.get();
        CompletableFuture<Delivery<String>> first = queue.async().get();
        CompletableFuture<Delivery<String>> second = queue.async().get();
        housekeeping.run();
        assertThat(first.isDone() || second.isDone()).isFalse();
        pass(HOUR);
        housekeeping.run();
        CompletableFuture.anyOf(first, second).get();
        Delivery<String> again = first.isDone() ? first.get() : second.get();
        assertThat(again.value()).isEqualTo("a");
        queue.ack(again.receipt());
        pass(HOUR);
        housekeeping.run();
        assertThat(List.of(first.get().value(), second.get().value())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aVersionHasWhatItHadWhenItWasMade() {
        queue.putAll(List.of("a", "b"));
        queue.get();
        db.commit("one is leased");
        pass(HOUR);
        db.space("other").put("k", "v");
        db.commit("none is");
        assertThat(db.at("HEAD~1").queue("q", String.class).counts()).isEqualTo(counts(1, 0, 1, 0));
        WorkQueueView<String> later = db.at("HEAD").queue("q", String.class);
        assertThat(later.counts()).isEqualTo(counts(2, 0, 0, 0));
        assertThat(values(later, JobState.READY)).containsExactly("a", "b");
    }

    @Test
    void aJobThatAMergeTookOutOfTheOrderComesBack() {
        queue.put("a");
        db.commit("put");
        var draft = db.branch("draft", db.head());
        draft.queue("q", String.class).with(TWICE).get();
        draft.commit("got");
        queue.nack(queue.get().receipt());
        db.commit("given back");
        db.merge("draft", Merge.into("main").policy(new MergePolicy.Ours()));
        assertThat(queue.poll()).isEmpty();
        pass(HOUR);
        assertThat(queue.poll()).map(Delivery::attempt).contains(2);
    }

    /// A job of the model.
    private static final class Plain {
        final String id;
        final String value;
        final double priority;
        long until;
        JobState state;
        int attempts;
        Optional<Receipt> receipt = Optional.empty();

        Plain(String id, String value, double priority, long until) {
            this.id = id;
            this.value = value;
            this.priority = priority;
            this.until = until;
            this.state = until > 0 ? JobState.DELAYED : JobState.READY;
        }

        void end(long now) {
            if (state == JobState.DELAYED && until <= now) {
                state = JobState.READY;
            } else if (state == JobState.LEASED && until <= now) {
                back(0);
            }
        }

        void back(long moment) {
            boolean isDead = state == JobState.LEASED && attempts == TWICE.attempts();
            until = moment;
            state = isDead ? JobState.DEAD : moment > 0 ? JobState.DELAYED : JobState.READY;
        }
    }

    @Test
    void isTheSameAsAListAfterAnyHistory() {
        SplittableRandom random = new SplittableRandom(38);
        List<Plain> model = new ArrayList<>(); // in the order in which they were put
        List<Receipt> receipts = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            long now = now().toEpochMilli();
            model.forEach(job -> job.end(now));
            String value = "v" + step;
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    int priority = random.nextInt(-2, 3);
                    long delay = random.nextBoolean() ? 0 : random.nextInt(3) * HOUR.toMillis();
                    JobOptions options =
                            JobOptions.defaults().withPriority(priority).withDelay(Duration.ofMillis(delay));
                    String id = queue.put(value, options).id();
                    model.add(new Plain(id, value, priority, delay == 0 ? 0 : now + delay));
                }
                case 3, 4 -> {
                    int most = random.nextInt(1, 4);
                    List<Plain> next = next(model, most);
                    List<Delivery<String>> got = queue.getMany(most, Duration.ZERO);
                    assertThat(got)
                            .extracting(Delivery::id)
                            .isEqualTo(next.stream().map(job -> job.id).toList());
                    for (int i = 0; i < got.size(); i++) {
                        Plain job = next.get(i);
                        job.state = JobState.LEASED;
                        job.attempts++;
                        job.until = now + HOUR.toMillis();
                        job.receipt = Optional.of(got.get(i).receipt());
                        receipts.add(got.get(i).receipt());
                    }
                }
                case 5 -> {
                    List<Plain> next = next(model, 1);
                    assertThat(queue.take(Duration.ZERO))
                            .isEqualTo(next.stream().map(job -> job.value).findFirst());
                    model.removeAll(next);
                }
                case 6 -> settle(random, model, receipts, now);
                case 7 -> settleDead(random.nextBoolean(), model);
                default -> {
                    pass(HOUR.dividedBy(2));
                    if (random.nextBoolean()) {
                        housekeeping.run();
                    }
                    if (random.nextInt(8) == 0) {
                        db.commit("step " + step);
                        db.checkpoint();
                    }
                }
            }
            check(model);
        }
    }

    private void settleDead(boolean isPurge, List<Plain> model) {
        List<Plain> dead =
                model.stream().filter(job -> job.state == JobState.DEAD).toList();
        assertThat(isPurge ? queue.purge() : queue.retryAll()).isEqualTo(dead.size());
        if (isPurge) {
            model.removeAll(dead);
            return;
        }
        dead.forEach(job -> {
            job.state = JobState.READY;
            job.attempts = 0;
            job.receipt = Optional.empty();
        });
    }

    private static List<Plain> next(List<Plain> model, int most) {
        return model.stream()
                .filter(job -> job.state == JobState.READY)
                .sorted(Comparator.comparingDouble(job -> job.priority))
                .limit(most)
                .toList();
    }

    private void settle(SplittableRandom random, List<Plain> model, List<Receipt> receipts, long now) {
        if (receipts.isEmpty()) {
            return;
        }
        Receipt receipt = receipts.remove(random.nextInt(receipts.size()));
        Optional<Plain> job = model.stream()
                .filter(one -> one.receipt.equals(Optional.of(receipt)))
                .findFirst();
        boolean isAlive = job.filter(one -> one.state != JobState.DEAD).isPresent();
        switch (random.nextInt(3)) {
            case 0 -> {
                assertThat(queue.ack(receipt)).isEqualTo(job.isPresent());
                job.ifPresent(model::remove);
            }
            case 1 -> {
                Duration delay = HOUR.multipliedBy(random.nextInt(2));
                assertThat(queue.nack(receipt, delay)).isEqualTo(isAlive);
                if (isAlive) {
                    job.orElseThrow().back(delay.isZero() ? 0 : now + delay.toMillis());
                    job.orElseThrow().receipt = Optional.empty();
                }
            }
            default -> {
                receipts.add(receipt);
                assertThat(queue.extend(receipt, HOUR)).isEqualTo(isAlive);
                if (isAlive) {
                    job.orElseThrow().state = JobState.LEASED;
                    job.orElseThrow().until = now + HOUR.toMillis();
                }
            }
        }
    }

    private void check(List<Plain> model) {
        long now = now().toEpochMilli();
        model.forEach(job -> job.end(now));
        assertThat(values(queue, JobState.READY))
                .isEqualTo(
                        next(model, model.size()).stream().map(job -> job.value).toList());
        assertThat(queue.counts())
                .isEqualTo(counts(
                        count(model, JobState.READY),
                        count(model, JobState.DELAYED),
                        count(model, JobState.LEASED),
                        count(model, JobState.DEAD)));
    }

    private static long count(List<Plain> model, JobState state) {
        return model.stream().filter(job -> job.state == state).count();
    }
}

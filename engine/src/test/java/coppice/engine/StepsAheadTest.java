package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.api.structure.Dict;
import coppice.api.structure.JobOptions;
import coppice.api.structure.Placed;
import coppice.api.structure.WorkQueue;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Steps that begin while somebody else has the turn.
@Timeout(60)
class StepsAheadTest {
    private EmbeddedDatabase db;
    private ReentrantLock turn;

    @BeforeEach
    void open() {
        db = (EmbeddedDatabase) new Place("mem:steps-ahead").open(Options.defaults());
        turn = ((EmbeddedBranch) db.main()).live().updating();
    }

    @AfterEach
    void close() {
        db.close();
    }

    /// Has a step begin on another thread, does something else before its turn comes, and says what the step
    /// returned.
    private <T> T overtaken(Callable<T> step, Runnable meanwhile) throws Exception {
        FutureTask<T> task = new FutureTask<>(step);
        Thread thread = Thread.ofPlatform().unstarted(task);
        turn.lock();
        try {
            thread.start();
            while (!turn.hasQueuedThread(thread)) {
                Thread.onSpinWait();
            }
            meanwhile.run();
        } finally {
            turn.unlock();
        }
        thread.join();
        return task.get();
    }

    private static Callable<Boolean> doing(Runnable step) {
        return () -> {
            step.run();
            return true;
        };
    }

    @Test
    void whoWaitedForATurnComesAfterThoseWhoHadIt() throws Exception {
        Dict<String> dict = db.dict("d", String.class);
        overtaken(doing(() -> dict.put("k", "late")), () -> dict.put("k", "early"));
        assertThat(dict.get("k")).contains("late");
    }

    @Test
    void whatAStepReadIsReadAgainWhenOthersChangedIt() throws Exception {
        Dict<String> dict = db.dict("d", String.class);
        overtaken(doing(() -> dict.put("k", "for ever")), () -> dict.put("k", "for an hour", Duration.ofHours(1)));
        assertThat(dict.get("k")).contains("for ever");
        assertThat(dict.expiry("k")).isEmpty();
        assertThat(dict.count()).isOne();
    }

    @Test
    void aNameThatSomethingElseTookMeanwhileIsRefused() {
        Dict<String> dict = db.dict("d", String.class);
        WorkQueue<String> queue = db.queue("d", String.class);
        assertThatThrownBy(() -> overtaken(doing(() -> dict.put("k", "v")), () -> queue.put("job")))
                .hasCauseInstanceOf(DatabaseException.Incorrect.class)
                .rootCause()
                .extracting(failure -> ((DatabaseException) failure).code())
                .isEqualTo(ErrorCode.OTHER_STRUCTURE);
        assertThat(queue.take()).isEqualTo("job");
    }

    @Test
    void ofTwoJobsWithOneKeyTheSecondIsNotPut() throws Exception {
        WorkQueue<String> queue = db.queue("q", String.class);
        JobOptions once = JobOptions.defaults().withKey("once");
        Placed[] first = new Placed[1];
        Placed second = overtaken(() -> queue.put("second", once), () -> first[0] = queue.put("first", once));
        assertThat(second).isEqualTo(new Placed(first[0].id(), false));
        assertThat(queue.counts().total()).isOne();
        assertThat(queue.take()).isEqualTo("first");
    }

    @Test
    void aJobThatIsPutWhileAnotherIsTakenIsThere() throws Exception {
        WorkQueue<String> queue = db.queue("q", String.class);
        queue.put("one");
        overtaken(() -> queue.put("two"), () -> assertThat(queue.take()).isEqualTo("one"));
        assertThat(queue.take()).isEqualTo("two");
    }
}

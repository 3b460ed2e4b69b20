package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.progress.BackgroundWork;
import coppice.api.progress.BackgroundWork.State;
import coppice.api.search.Embedder;
import coppice.api.search.Embedding;
import coppice.api.search.EmbeddingId;
import coppice.api.search.Hit;
import coppice.api.structure.Documents;
import coppice.api.structure.StructureInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Vectors that are made anew in the background.
@Timeout(60)
class BackgroundEmbeddingTest extends TimedTest {
    private static final int COUNT = 7;
    private static final Duration SECOND = Duration.ofSeconds(1);

    record Page(String id, String text) {}

    /// Remembers what it made vectors of.
    private static final class Model implements Embedder {
        private final int dimension;
        private final List<String> texts = new ArrayList<>();
        private Runnable meanwhile = () -> {};
        private int calls;

        Model(int dimension) {
            this.dimension = dimension;
        }

        @Override
        public List<float[]> embed(List<String> some) {
            calls++;
            meanwhile.run();
            texts.addAll(some);
            return some.stream().map(this::vector).toList();
        }

        float[] vector(String text) {
            float[] vector = new float[dimension];
            vector[dimension - 1] = 0.5f;
            vector[Integer.parseInt(text)] = 1;
            return vector;
        }
    }

    private final Model old = new Model(20);
    private final Model better = new Model(30);

    private Documents<Page> pages(String name, String version, Embedder model) {
        return db.collection(name, Page.class)
                .embedWith(
                        Embedding.<Page>of("model", version, Page::text, model).inBatches(2));
    }

    private Documents<Page> before() {
        return pages("pages", "1", old);
    }

    private Documents<Page> after() {
        return pages("pages", "2", better);
    }

    private void fill(Documents<Page> pages) {
        for (int i = 0; i < COUNT; i++) {
            pages.index(new Page("p" + i, Integer.toString(i)));
        }
    }

    private static List<String> found(Documents<Page> pages, int number) {
        return pages.search(Integer.toString(number)).topK(1).hits().stream()
                .map(Hit::id)
                .toList();
    }

    private static void fail() {
        throw new IllegalStateException("no connection");
    }

    @Test
    void allAreMadeAnewWhileTheEarlierOnesAreSearched() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        assertThat(work.status().state()).isEqualTo(State.WAITING);
        List<State> states = new ArrayList<>();
        better.meanwhile = () -> {
            states.add(work.status().state());
            if (after().embedding().orElseThrow().version().equals("2")) {
                return; // for what was indexed meanwhile
            }
            assertThat(found(before(), 3)).containsExactly("p3");
            assertThatThrownBy(() -> after().search("3").hits()).hasMessageContaining("by 'model 1'");
            before().index(new Page("later", "9"));
        };
        work();
        better.meanwhile = () -> {};
        assertThat(states).hasSize(5).containsOnly(State.WORKING);
        assertThat(work.status().state()).isEqualTo(State.DONE);
        assertThat(work.status().done()).isEqualTo(COUNT + 1);
        assertThat(work.outcome()).isCompletedWithValue(COUNT + 1L);
        assertThat(found(after(), 9)).containsExactly("later");
        assertThat(after().embedding()).hasValue(new EmbeddingId("model", "2"));
        BackgroundWork again = after().reembedInBackground();
        work();
        assertThat(again.outcome()).isCompletedWithValue(0L);
    }

    @Test
    void whoAsksAgainGetsTheSameAndAnotherFunctionTakesItsPlace() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        assertThat(after().reembedInBackground()).isSameAs(work);
        Model third = new Model(40);
        BackgroundWork other = pages("pages", "3", third).reembedInBackground();
        assertThat(work.status().state()).isEqualTo(State.CANCELLED);
        work();
        assertThat(other.outcome()).isCompletedWithValue((long) COUNT);
        assertThat(better.calls).isZero();
        assertThatThrownBy(work.outcome()::join).hasRootCauseInstanceOf(CancellationException.class);
    }

    @Test
    void whatHangsOnAnOutcomeMayWaitForWhoeverAsks() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        CompletableFuture<Boolean> seen = work.outcome()
                .handle((_, _) -> CompletableFuture.supplyAsync(() -> !pages("others", "2", better)
                                .reembedInBackground()
                                .equals(work))
                        .completeOnTimeout(false, 30, TimeUnit.SECONDS)
                        .join());
        pages("pages", "3", new Model(40)).reembedInBackground();
        assertThat(seen).isCompletedWithValue(true);
    }

    @Test
    void whatRestsGoesOnFromWhereItWas() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        better.meanwhile = () -> {
            if (better.calls == 2) {
                work.pause();
            }
        };
        work();
        assertThat(work.status().state()).isEqualTo(State.PAUSED);
        assertThat(better.texts).containsExactly("0", "1", "2", "3");
        pass(HOUR);
        work();
        assertThat(better.calls).isEqualTo(2);
        assertThat(found(before(), 3)).containsExactly("p3");
        work.resume();
        work();
        assertThat(work.status().state()).isEqualTo(State.DONE);
        assertThat(better.texts).containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThat(found(after(), 3)).containsExactly("p3");
        work.pause();
        work.cancel();
        assertThat(work.status().state()).isEqualTo(State.DONE);
    }

    @Test
    void whatFailsIsTriedAgainLaterAndHoldsUpNobody() {
        fill(before());
        fill(pages("others", "1", old));
        better.meanwhile = () -> {
            if (better.calls >= 2) {
                fail();
            }
        };
        BackgroundWork work = after().reembedInBackground();
        BackgroundWork other = pages("others", "2", new Model(30)).reembedInBackground();
        work();
        assertThat(work.status().state()).isEqualTo(State.RETRYING);
        assertThat(work.status().failure()).map(Throwable::getMessage).hasValue("no connection");
        assertThat(work.status().next()).hasValue(now().plus(SECOND));
        assertThat(other.outcome()).isCompletedWithValue((long) COUNT);
        work();
        assertThat(better.calls).isEqualTo(2);
        pass(SECOND);
        work();
        assertThat(better.calls).isEqualTo(3);
        assertThat(work.status().failures()).isEqualTo(2);
        assertThat(work.status().next()).hasValue(now().plus(SECOND.multipliedBy(2)));
        for (int i = 0; i < 12; i++) {
            pass(HOUR);
            work();
        }
        assertThat(work.status().next()).hasValue(now().plus(Duration.ofMinutes(5)));
        better.meanwhile = () -> {};
        work.resume();
        work();
        assertThat(work.status().state()).isEqualTo(State.DONE);
        assertThat(work.status().failures()).isZero();
        assertThat(better.texts).containsExactly("0", "1", "2", "3", "4", "5", "6");
    }

    @Test
    void whatIsRefusedIsNotTriedAgain() {
        fill(before());
        BackgroundWork work = pages("pages", "2", _ -> List.of()).reembedInBackground();
        work();
        assertThat(work.status().state()).isEqualTo(State.FAILED);
        assertThat(work.status().next()).isEqualTo(Optional.empty());
        assertThatThrownBy(work.outcome()::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContaining("made 0 vectors of 2 texts");
        BackgroundWork again = after().reembedInBackground();
        work();
        assertThat(again.outcome()).isCompletedWithValue((long) COUNT);
    }

    @Test
    void whatWasGivenUpOrEndedWithTheDatabaseGoesOnWhenAskedForAgain() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        better.meanwhile = work::cancel;
        work();
        assertThatThrownBy(work.outcome()::join).hasRootCauseInstanceOf(CancellationException.class);
        better.meanwhile = () -> {};
        BackgroundWork left = after().reembedInBackground();
        better.meanwhile = db::close;
        work();
        assertThat(left.status().state()).isEqualTo(State.CANCELLED);
        assertThatThrownBy(left.outcome()::join).hasRootCauseInstanceOf(DatabaseException.Closed.class);
        open();
        better.meanwhile = () -> {};
        BackgroundWork last = after().reembedInBackground();
        work();
        assertThat(last.status().state()).isEqualTo(State.DONE);
        assertThat(better.texts).startsWith("0", "1", "2", "3").hasSizeBetween(COUNT, COUNT + 2);
        assertThat(found(after(), 6)).containsExactly("p6");
    }

    @Test
    void aCollectionThatIsRenamedMeanwhileGoesOnUnderItsNewName() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        better.meanwhile = () -> {
            if (better.calls == 2) {
                db.structures().rename("pages", "leaves");
            }
        };
        work();
        assertThat(work.status().failure().orElseThrow()).hasMessageContaining("ask for them under its new name");
        assertThat(db.structures().all()).extracting(StructureInfo::name).containsExactly("leaves");
        assertThat(found(pages("leaves", "1", old), 3)).containsExactly("p3");
        Documents<Page> renamed = pages("leaves", "2", better);
        BackgroundWork rest = renamed.reembedInBackground();
        work();
        assertThat(rest.outcome()).isCompletedWithValue(COUNT - 2L);
        assertThat(found(renamed, 6)).containsExactly("p6");
    }

    @Test
    void aCollectionThatIsDroppedMeanwhileStaysSo() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        better.meanwhile = () -> {
            if (better.calls == 2) {
                db.structures().drop("pages");
            }
        };
        work();
        assertThat(work.status().state()).isEqualTo(State.FAILED);
        assertThat(db.structures().all()).isEmpty();
        better.meanwhile = () -> {};
        Documents<Page> next = pages("pages", "3", new Model(7));
        next.index(new Page("p0", "4"));
        assertThat(found(next, 4)).containsExactly("p0");
    }

    @Test
    void aNameThatStandsForSomethingElseMeanwhileIsLeftToThat() {
        fill(before());
        BackgroundWork work = after().reembedInBackground();
        better.meanwhile = () -> {
            if (better.calls == 2) {
                db.structures().drop("pages");
                db.dict("pages").put("a", 1);
            }
        };
        work();
        assertThat(work.status().state()).isEqualTo(State.FAILED);
        assertThat(work.status().failure().orElseThrow()).hasMessageContaining("'pages' is the dict");
        assertThat(db.dict("pages").entries()).hasSize(1);
    }

    @Test
    void itIsRefusedWithoutFunctionAndInTransactions() {
        assertThatThrownBy(() -> db.collection("pages", Page.class).reembedInBackground())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("embedWith");
        db.main()
                .run(tx -> assertThatThrownBy(() -> tx.collection("pages", Page.class)
                                .embedWith(Embedding.of("model", "1", Page::text, old))
                                .reembedInBackground())
                        .isInstanceOf(DatabaseException.Incorrect.class)
                        .hasMessageContaining("no part of a transaction"));
    }
}

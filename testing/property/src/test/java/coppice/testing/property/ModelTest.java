package coppice.testing.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ModelTest {
    /// A stack that loses what is pushed as its fourth element.
    private static final class LeakyStack implements AutoCloseable {
        static final AtomicInteger OPEN = new AtomicInteger();
        private final List<Integer> items = new ArrayList<>();
        private final int leakAt;

        LeakyStack(int leakAt) {
            this.leakAt = leakAt;
            OPEN.incrementAndGet();
        }

        void push(int value) {
            if (items.size() != leakAt) {
                items.add(value);
            }
        }

        int pop() {
            return items.removeLast();
        }

        int size() {
            return items.size();
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    private record Push(int value) implements Model.Command<Deque<Integer>, LeakyStack> {
        @Override
        public void run(Deque<Integer> model, LeakyStack system) {
            model.push(value);
            system.push(value);
        }
    }

    private record Pop() implements Model.Command<Deque<Integer>, LeakyStack> {
        @Override
        public void run(Deque<Integer> model, LeakyStack system) {
            assertThat(system.pop()).isEqualTo(model.pop());
        }
    }

    private static Model<Deque<Integer>, LeakyStack> stacks(int leakAt) {
        Gen<Push> push = Gen.ints(0, 99).map(Push::new);
        return Model.<Deque<Integer>, LeakyStack>of(ArrayDeque::new, () -> new LeakyStack(leakAt))
                .commands(model -> model.isEmpty() ? push : Gen.oneOf(push, Gen.constant(new Pop())))
                .invariant((model, system) -> assertThat(system.size()).isEqualTo(model.size()));
    }

    @Test
    void aTrueModelPassesAndEverySystemIsClosed() {
        assertThatCode(() -> stacks(Integer.MAX_VALUE).runs(200).check()).doesNotThrowAnyException();
        assertThat(LeakyStack.OPEN).hasValue(0);
    }

    @Test
    void aFailingListOfCommandsShrinksToTheShortest() {
        AssertionError error = catchThrowableOfType(
                AssertionError.class, () -> stacks(3).runs(500).check());
        assertThat(error.getMessage().lines().map(String::strip))
                .containsSubsequence("1. Push[value=0]", "2. Push[value=0]", "3. Push[value=0]", "4. Push[value=0]")
                .doesNotContain("5. Push[value=0]");
        assertThat(LeakyStack.OPEN).hasValue(0);
    }

    @Test
    void runsAreNoLongerThanAllowed() {
        assertThatCode(() -> stacks(3).steps(3).runs(500).check()).doesNotThrowAnyException();
    }

    @Test
    void namedCommandsShowTheirName() {
        AssertionError error = catchThrowableOfType(
                AssertionError.class,
                () -> Model.of(Object::new, Object::new)
                        .commands(model -> Gen.constant(Model.Command.named("explode", (m, s) -> {
                            throw new IllegalStateException();
                        })))
                        .check());
        assertThat(error).hasMessageContaining("1. explode");
    }

    @Test
    void whatHoldsAtTheEndOnlyIsLookedAtOnceInEachRun() {
        AtomicInteger ended = new AtomicInteger();
        Model.of(ArrayDeque<Integer>::new, () -> new LeakyStack(Integer.MAX_VALUE))
                .commands(model -> Gen.ints(0, 9).map(Push::new))
                .ending((model, system) -> {
                    ended.incrementAndGet();
                    assertThat(system.size()).isEqualTo(model.size());
                })
                .runs(20)
                .check();
        assertThat(ended).hasValue(Integer.getInteger("coppice.runs", 20));
    }
}

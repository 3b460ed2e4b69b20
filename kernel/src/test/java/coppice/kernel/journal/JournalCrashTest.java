package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.testing.property.Gen;
import coppice.testing.property.Model;
import coppice.testing.property.Model.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Random histories of appends, syncs, recycling, killed processes and power cuts, held against a list.
class JournalCrashTest {
    /// What must be true: the records since the start of replay, and how many of them may never be lost again,
    /// because they were acknowledged or seen by a replay.
    private static final class Expected {
        private final List<String> records = new ArrayList<>();
        private final List<Long> ends = new ArrayList<>();
        private int certain;
        private long start;

        void forgetBefore(int index) {
            start = index == 0 ? start : ends.get(index - 1);
            records.subList(0, index).clear();
            ends.subList(0, index).clear();
            certain -= index;
        }
    }

    /// The journal on its disk.
    private static final class Machine {
        private PowerCutDisk disk = new PowerCutDisk();
        private Journal journal = Log.open(disk);

        void reopen(Expected expected) {
            List<String> replayed = new ArrayList<>();
            journal = Log.open(disk, Log.options(), expected.start, replayed);
            assertThat(replayed).hasSizeBetween(expected.certain, expected.records.size());
            assertThat(replayed).isEqualTo(expected.records.subList(0, replayed.size()));
            expected.records.subList(replayed.size(), expected.records.size()).clear();
            expected.ends.subList(replayed.size(), expected.ends.size()).clear();
            expected.certain = replayed.size();
            assertThat(journal.appended())
                    .isEqualTo(expected.ends.isEmpty() ? expected.start : expected.ends.getLast());
        }
    }

    private static Command<Expected, Machine> append(int size) {
        return Command.named("append " + size, (expected, machine) -> {
            char letter = (char) ('a' + expected.records.size() % 26);
            expected.records.add(Log.shown(machine.journal, Log.letters(letter, size)));
            expected.ends.add(machine.journal.appended());
        });
    }

    private static final Command<Expected, Machine> SYNC = Command.named("sync", (expected, machine) -> {
        machine.journal.sync();
        expected.certain = expected.records.size();
    });

    private static final Command<Expected, Machine> FLUSH =
            Command.named("flush", (_, machine) -> machine.journal.flushLazily());

    private static final Command<Expected, Machine> RECYCLE = Command.named("recycle", (expected, machine) -> {
        expected.forgetBefore(expected.certain);
        machine.journal.recycleBelow(expected.start);
    });

    private static final Command<Expected, Machine> KILL =
            Command.named("kill", (expected, machine) -> machine.reopen(expected));

    private static final Command<Expected, Machine> CLOSE = Command.named("close", (expected, machine) -> {
        machine.journal.close();
        expected.certain = expected.records.size();
        machine.reopen(expected);
    });

    private static Command<Expected, Machine> powerCut(int seed) {
        return Command.named("power cut " + seed, (expected, machine) -> {
            machine.disk = machine.disk.powerCut(seed);
            machine.reopen(expected);
        });
    }

    @Test
    void nothingAcknowledgedOrSeenIsEverLost() {
        Gen<Command<Expected, Machine>> commands = Gen.frequency(
                Gen.ints(0, 300).map(JournalCrashTest::append).weighing(8),
                Gen.ints(0, 9_000).map(JournalCrashTest::append).weighing(1),
                Gen.constant(SYNC).weighing(3),
                Gen.constant(FLUSH).weighing(2),
                Gen.constant(RECYCLE).weighing(1),
                Gen.constant(KILL).weighing(1),
                Gen.constant(CLOSE).weighing(1),
                Gen.ints(0, 1_000_000).map(JournalCrashTest::powerCut).weighing(3));
        Model.<Expected, Machine>of(Expected::new, Machine::new)
                .commands(_ -> commands)
                .steps(60)
                .runs(600)
                .check();
    }
}

package coppice.testing.contract.model;

import coppice.api.EmptyCommit;
import coppice.testing.contract.model.Writing.Fill;
import coppice.testing.contract.model.Writing.Put;
import coppice.testing.contract.model.Writing.Write;
import java.util.List;
import java.util.Map;

/// The first command: learns where the databases begin, and gives them a past.
///
/// @param forgetful whether collecting garbage forgets where refs were
record Begin(boolean forgetful, List<? extends Command> past) implements Command {
    private static final On MAIN = new On(0, "main");
    private static final On B1 = new On(0, "b1");
    private static final On B2 = new On(0, "b2");

    /// What is mostly a counter, by a rule that there is at first.
    static final Row COUNTED = new Row("s", "k02");

    private static final Ruling.Rule COUNTING = new Ruling.Rule(COUNTED.space(), COUNTED.key(), Policy.COUNTER);

    /// Three branches that went their own ways: where merges have something to do.
    private static final List<Command> GROWN = List.of(
            new Ruling.SetRules(0, List.of(COUNTING)),
            new Ruling.SetRules(1, List.of(COUNTING)),
            new Fill(MAIN, new Fill.Extent(20, 1)),
            new Put(MAIN, Write.put(new Row("s", "k00"), "{\"a\":1,\"b\":{\"c\":1}}")),
            new Committing.MakeCommit(MAIN, EmptyCommit.MAKE),
            new Branching.Fork(MAIN, "b1"),
            new Branching.Fork(MAIN, "b2"),
            new Put(B1, Write.put(new Row("s", "k00"), "{\"a\":2,\"b\":{\"c\":1}}")),
            new Put(B1, Write.put(new Row("s", "k01"), "b1")),
            counted(B1, Map.of('a', 3, 'b', 1), Map.of('b', 2)),
            new Committing.MakeCommit(B1, EmptyCommit.MAKE),
            counted(B2, Map.of('b', 4), Map.of('a', 1, 'b', 1)),
            new Put(B2, Write.put(new Row("s", "f00002"), "b2")),
            new Put(B2, Write.delete(new Row("s", "f00003"))),
            new Committing.MakeCommit(B2, EmptyCommit.MAKE),
            new Put(B2, Write.put(new Row("s", "k01"), "b2")),
            new Committing.MakeCommit(B2, EmptyCommit.MAKE),
            new Put(MAIN, Write.put(new Row("s", "k01"), "main")),
            new Put(MAIN, Write.put(new Row("s", "f00003"), "main")),
            counted(MAIN, Map.of('a', 2), Map.of()),
            new Committing.MakeCommit(MAIN, EmptyCommit.MAKE),
            new Sending.PushBranch(B1, "b1", Sending.PushBranch.Force.NO),
            new Fetching.FetchAll(1, false));

    private static Put counted(On on, Map<Character, Integer> up, Map<Character, Integer> down) {
        return new Put(on, Write.put(COUNTED, new Counts(up, down).text()));
    }

    static Begin of(boolean grown, boolean forgetful) {
        return new Begin(forgetful, grown ? GROWN : List.of());
    }

    @Override
    public void run(World world, Running running) {
        running.begin(world, forgetful);
        past.forEach(command -> command.run(world, running));
    }

    @Override
    public String toString() {
        return (past.isEmpty() ? "Begin" : "Begin with " + past) + (forgetful ? ", forgetful" : "");
    }
}

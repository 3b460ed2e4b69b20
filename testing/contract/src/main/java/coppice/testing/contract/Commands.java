package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coppice.testing.contract.ModelContract.Running;
import coppice.testing.contract.PlainDatabase.Decision;
import coppice.testing.contract.PlainDatabase.Row;
import coppice.testing.contract.VersionCommands.CreateBranch;
import coppice.testing.contract.VersionCommands.DeleteBranch;
import coppice.testing.contract.VersionCommands.Diff;
import coppice.testing.contract.VersionCommands.Discard;
import coppice.testing.contract.VersionCommands.MakeCommit;
import coppice.testing.contract.VersionCommands.MergeBranches;
import coppice.testing.contract.VersionCommands.Travel;
import coppice.testing.contract.VersionCommands.Upkeep;
import coppice.testing.contract.WriteCommands.ApplyBatch;
import coppice.testing.contract.WriteCommands.Fill;
import coppice.testing.contract.WriteCommands.Load;
import coppice.testing.contract.WriteCommands.Put;
import coppice.testing.contract.WriteCommands.Read;
import coppice.testing.contract.WriteCommands.Remove;
import coppice.testing.contract.WriteCommands.RunTransaction;
import coppice.testing.contract.WriteCommands.Step;
import coppice.testing.contract.WriteCommands.Write;
import coppice.testing.property.Gen;
import coppice.testing.property.Model;
import java.util.List;

/// Which commands make sense in a state of the model.
final class Commands {
    private Commands() {}

    /// One step on the model and the database.
    interface Command extends Model.Command<PlainDatabase, Running> {
        @Override
        void run(PlainDatabase model, Running running);
    }

    private static final Gen<String> SPACES = Gen.element("s", "t", "other space");

    private static final Gen<String> KEYS = Gen.frequency(
            Gen.ints(0, 40).map("k%02d"::formatted).weighing(4),
            Gen.bytes(1, 5).map(bytes -> new String(bytes, ISO_8859_1)).weighing(2),
            Gen.ints(0, 2_000).map("f%05d"::formatted).weighing(1));

    private static final Gen<String> VALUES = Gen.frequency(
            Gen.ints(0, 9).map(String::valueOf).weighing(5),
            Gen.ints(0, 300).map("x"::repeat).weighing(2),
            Gen.element(1_023, 1_024, 1_025, 5_000, 40_000).map("long "::repeat).weighing(1));

    private static final Gen<Row> ROWS = Gen.combine(SPACES, KEYS, Row::new);

    private static final Gen<Write> WRITES = Gen.oneOf(Gen.combine(ROWS, VALUES, Write::put), ROWS.map(Write::delete));

    private static Gen<String> branches(PlainDatabase model) {
        List<String> names = model.lines.keySet().stream()
                .sorted((a, b) -> Boolean.compare(b.equals("main"), a.equals("main")))
                .toList();
        return choices -> names.get((int) choices.upTo(names.size() - 1));
    }

    private static Gen<Integer> versions(PlainDatabase model) {
        return Gen.ints(0, model.versions.size() - 1).map(back -> model.versions.size() - 1 - back);
    }

    private static Gen<Step> steps() {
        return Gen.frequency(
                WRITES.map(write -> (Step) write).weighing(5),
                Gen.constant(new WriteCommands.Save()).weighing(1),
                Gen.ints(0, 3).map(WriteCommands.Return::new).weighing(1),
                SPACES.map(WriteCommands.Look::new).weighing(1));
    }

    static Gen<? extends Command> possible(PlainDatabase model) {
        if (model.lines.isEmpty()) {
            return Gen.element(List.<Command>of(), GROWN, GROWN).map(Begin::new);
        }
        Gen<String> branches = branches(model);
        return Gen.frequency(
                writing(branches).weighing(10),
                reading(model, branches).weighing(4),
                versioning(model).weighing(6),
                upkeep().weighing(1));
    }

    private static Gen<Command> writing(Gen<String> branches) {
        return Gen.frequency(
                Gen.combine(branches, Gen.combine(ROWS, VALUES, Write::put), Put::new)
                        .weighing(4),
                Gen.combine(branches, ROWS, Remove::new).weighing(2),
                Gen.combine(branches, Gen.combine(SPACES, WRITES.list(0, 12), ApplyBatch.Writes::new), ApplyBatch::new)
                        .weighing(2),
                Gen.combine(
                                branches,
                                Gen.combine(Gen.ints(0, 1_500), Gen.element(1, -1, 3, -7, 1_009), Fill.Extent::new),
                                Fill::new)
                        .weighing(1),
                Gen.combine(branches, Gen.combine(Gen.ints(0, 1_500), Gen.ints(1, 5), Fill.Extent::new), Load::new)
                        .weighing(1),
                Gen.combine(
                                branches,
                                Gen.combine(steps().list(0, 12), Gen.booleans(), RunTransaction.Script::new),
                                RunTransaction::new)
                        .weighing(3));
    }

    private static Gen<Command> reading(PlainDatabase model, Gen<String> branches) {
        return Gen.frequency(
                Gen.combine(branches, ROWS, Read::new).weighing(3),
                versions(model).map(Travel::new).weighing(1),
                Gen.combine(versions(model), versions(model), Diff::new).weighing(1));
    }

    private static Gen<Command> versioning(PlainDatabase model) {
        Gen<String> branches = branches(model);
        Gen<Decision> decisions = Gen.enums(Decision.class);
        return Gen.frequency(
                branches.map(MakeCommit::new).weighing(4),
                Gen.combine(Gen.element("b1", "b2", "b3"), versions(model), CreateBranch::new)
                        .weighing(2),
                Gen.combine(
                                Gen.combine(branches, branches, MergeBranches.Sides::new),
                                Gen.combine(decisions, Gen.booleans(), MergeBranches.Manner::new),
                                MergeBranches::new)
                        .weighing(4),
                Gen.element("b1", "b2", "b3").map(DeleteBranch::new).weighing(1),
                branches.map(Discard::new).weighing(1));
    }

    private static Gen<Command> upkeep() {
        return Gen.enums(Upkeep.Kind.class).map(Upkeep::new);
    }

    /// Three branches that went their own ways: where merges have something to do.
    private static final List<Command> GROWN = List.of(
            new Fill("main", new Fill.Extent(20, 1)),
            new MakeCommit("main"),
            new CreateBranch("b1", 1),
            new CreateBranch("b2", 1),
            new Put("b1", Write.put(new Row("s", "f00001"), "b1")),
            new MakeCommit("b1"),
            new Put("b2", Write.put(new Row("s", "f00002"), "b2")),
            new Remove("b2", new Row("s", "f00003")),
            new MakeCommit("b2"),
            new Put("main", Write.put(new Row("s", "f00003"), "main")),
            new MakeCommit("main"));

    /// The first command: learns where the database begins, and gives it a past.
    record Begin(List<? extends Command> past) implements Command {
        @Override
        public void run(PlainDatabase model, Running running) {
            running.start(model);
            past.forEach(command -> command.run(model, running));
        }

        @Override
        public String toString() {
            return past.isEmpty() ? "Begin" : "Begin with " + past;
        }
    }
}

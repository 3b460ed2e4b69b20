package coppice.testing.contract.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import coppice.api.EmptyCommit;
import coppice.api.Merge.FastForward;
import coppice.api.Reset;
import coppice.testing.contract.model.Command.On;
import coppice.testing.contract.model.Pending.Manner;
import coppice.testing.contract.model.Writing.Fill;
import coppice.testing.contract.model.Writing.Write;
import coppice.testing.property.Gen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which commands make sense in a state of the world.
final class Commands {
    private static final Gen<String> SPACES = Gen.element("s", "t", "other space");

    private static final Gen<String> KEYS = Gen.frequency(
            Gen.ints(0, 12).map("k%02d"::formatted).weighing(6),
            Gen.bytes(1, 5).map(bytes -> new String(bytes, ISO_8859_1)).weighing(1),
            Gen.ints(0, 2_000).map("f%05d"::formatted).weighing(1));

    private static final Gen<String> NUMBERS = Gen.ints(0, 3).map(String::valueOf);

    /// Members in an order that may be another each time.
    private static final Gen<String> OBJECTS = Gen.combine(
                    Gen.element("\"a\"", "\"b\"", "\"c\"", "\"d\""), NUMBERS, Map::entry)
            .list(0, 4)
            .map(Commands::object);

    private static final Gen<String> DOCUMENTS = Gen.combine(
                    Gen.element("\"a\"", "\"b\"", "\"c\"", "\"n\""),
                    Gen.frequency(NUMBERS.weighing(3), OBJECTS.weighing(1)),
                    Map::entry)
            .list(0, 4)
            .map(Commands::object);

    private static final Gen<Map<Character, Integer>> TALLIES = Gen.combine(
                    Gen.element('a', 'b', 'c'), Gen.ints(1, 9), Map::entry)
            .list(0, 3)
            .map(Commands::tally);

    private static final Gen<String> COUNTERS =
            Gen.combine(TALLIES, TALLIES, Counts::new).map(Counts::text);

    private static final Gen<String> VALUES = Gen.frequency(
            Gen.ints(0, 9).map(String::valueOf).weighing(5),
            DOCUMENTS.weighing(5),
            COUNTERS.weighing(2),
            Gen.ints(0, 300).map("x"::repeat).weighing(1),
            Gen.element(1_023, 1_024, 1_025, 5_000, 40_000).map("long "::repeat).weighing(1));

    /// Half of them among a few, so that branches change the same.
    private static final Gen<Row> ROWS = Gen.oneOf(
            Gen.ints(0, 2).map(key -> new Row("s", "k%02d".formatted(key))), Gen.combine(SPACES, KEYS, Row::new));

    private static final Gen<Write> WRITES = Gen.frequency(
            Gen.combine(ROWS, VALUES, Write::put).weighing(4),
            ROWS.map(Write::delete).weighing(4),
            COUNTERS.map(value -> Write.put(Begin.COUNTED, value)).weighing(1));
    private static final Gen<String> NEW_NAMES = Gen.element("b1", "b2", "b3");
    private static final Gen<String> TAG_NAMES = Gen.element("v1", "v2");
    private static final Gen<Decision> DECISIONS = Gen.frequency(
            Gen.constant(Decision.NONE).weighing(2), Gen.enums(Decision.class).weighing(2));

    private static final Gen<Manner> PLAIN_MERGES = Gen.combine(
            DECISIONS,
            Gen.booleans(),
            (decision, forward) ->
                    new Manner(decision, forward ? FastForward.NEVER : FastForward.ALLOW, false, true, false));

    private static final Gen<Manner> ALL_MERGES = Gen.combine(
            Gen.combine(DECISIONS, Gen.enums(FastForward.class), Map::entry),
            Gen.ints(0, 15),
            (how, bits) -> new Manner(how.getKey(), how.getValue(), (bits & 1) != 0, (bits & 2) == 0, bits > 3));

    private static final Gen<Manner> MERGES = Gen.oneOf(PLAIN_MERGES, ALL_MERGES);

    private final World world;
    private final int site;

    private Commands(World world, int site) {
        this.world = world;
        this.site = site;
    }

    private static String object(List<Map.Entry<String, String>> members) {
        Map<String, String> distinct = new LinkedHashMap<>();
        members.forEach(member -> distinct.put(member.getKey(), member.getValue()));
        return distinct.entrySet().stream()
                .map(member -> member.getKey() + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<Character, Integer> tally(List<Map.Entry<Character, Integer>> counts) {
        Map<Character, Integer> tally = new TreeMap<>();
        counts.forEach(count -> tally.put(count.getKey(), count.getValue()));
        return tally;
    }

    static Gen<Command> possible(World world) {
        if (world.sites.isEmpty()) {
            return Gen.combine(Gen.ints(0, 3).map(one -> one > 0), Gen.booleans(), Begin::of);
        }
        return Gen.element(0, 0, 0, 1).flatMap(site -> new Commands(world, site).all());
    }

    private Gen<Command> all() {
        Stream<Gen.Weighted<Command>> unfinished = unfinished();
        Stream<Gen.Weighted<Command>> always = Stream.of(
                writing().weighing(6),
                looking().weighing(3),
                changing().weighing(16),
                committing().weighing(7),
                branching().weighing(4),
                merging().weighing(8),
                editing().weighing(10),
                exchanging().weighing(3),
                governing().weighing(2),
                upkeep().weighing(1));
        return frequency(Stream.concat(always, unfinished).toList());
    }

    private static Gen<Command> frequency(List<Gen.Weighted<Command>> alternatives) {
        List<Gen<? extends Command>> slots = new ArrayList<>();
        alternatives.forEach(one -> slots.addAll(Collections.nCopies(one.weight(), one.gen())));
        return choices -> slots.get((int) choices.upTo(slots.size() - 1)).from(choices);
    }

    private Gen<On> branches(Predicate<String> wanted) {
        List<String> names = Stream.concat(Stream.of("main"), world.site(site).lines.keySet().stream())
                .distinct()
                .filter(wanted)
                .toList();
        return choices -> new On(site, names.get((int) choices.upTo(names.size() - 1)));
    }

    /// Any branch, also one that a rebase made to edit on.
    private Gen<On> anywhere() {
        return branches(name -> true);
    }

    private Gen<On> on() {
        return branches(name -> !name.startsWith("rebase/"));
    }

    /// What refs reach, the newest first, or where a branch is.
    private Gen<Version> versions() {
        Gen<Version> all = choices -> {
            List<Version> versions = world.reachable(site);
            return versions.get(versions.size() - 1 - (int) choices.skewed(versions.size() - 1));
        };
        Gen<Version> heads = choices -> {
            List<Version> versions = world.site(site).lines.values().stream()
                    .map(line -> line.head)
                    .toList();
            return versions.get((int) choices.upTo(versions.size() - 1));
        };
        return Gen.oneOf(all, heads);
    }

    private Gen<Command> writing() {
        Gen<On> on = anywhere();
        Gen<Fill.Extent> extents = Gen.combine(Gen.ints(0, 1_500), Gen.element(1, -1, 3, -7, 1_009), Fill.Extent::new);
        Gen<Fill.Extent> sorted = Gen.combine(Gen.ints(0, 1_500), Gen.ints(1, 3), Fill.Extent::new);
        Gen<Writing.ApplyBatch.Writes> batches =
                Gen.combine(SPACES, WRITES.list(0, 12), Writing.ApplyBatch.Writes::new);
        Gen<Writing.RunTransaction.Script> scripts =
                Gen.combine(steps().list(0, 12), Gen.booleans(), Writing.RunTransaction.Script::new);
        return Gen.frequency(
                Gen.combine(on, Gen.combine(ROWS, VALUES, Write::put), Writing.Put::new)
                        .weighing(8),
                Gen.combine(on, ROWS.map(Write::delete), Writing.Put::new).weighing(2),
                Gen.combine(on, batches, Writing.ApplyBatch::new).weighing(2),
                Gen.combine(on, extents, Fill::new).weighing(1),
                Gen.combine(on, sorted, Writing.Load::new).weighing(1),
                Gen.combine(on, scripts, Writing.RunTransaction::new).weighing(2));
    }

    /// Leaves nothing uncommitted, so that merges and edits have something to do and are not refused.
    private Gen<Command> changing() {
        return Gen.combine(on(), Gen.combine(ROWS, VALUES, Write::put), Committing.Change::new);
    }

    private static Gen<Writing.Step> steps() {
        return Gen.frequency(
                WRITES.map(write -> (Writing.Step) write).weighing(5),
                Gen.constant(new Writing.Save()).weighing(1),
                Gen.ints(0, 3).map(Writing.Return::new).weighing(1),
                SPACES.map(Writing.Look::new).weighing(1));
    }

    private Gen<Command> looking() {
        return Gen.frequency(
                Gen.combine(anywhere(), ROWS, Looking.Read::new).weighing(1),
                versions().map(to -> new Looking.Travel(site, to)).weighing(1),
                Gen.combine(versions(), versions(), (one, other) -> new Looking.Compare(site, one, other))
                        .weighing(1),
                Gen.combine(versions(), ROWS, (at, row) -> new Looking.Blame(site, at, row))
                        .weighing(1),
                on().map(Projecting.Now::new).weighing(2),
                versions().map(at -> new Projecting.Then(site, at)).weighing(1),
                Gen.booleans()
                        .map(drops -> new Projecting.Redefine(site, drops))
                        .weighing(1));
    }

    private Gen<Command> committing() {
        Gen<Committing.MakeCommit> commits = Gen.combine(
                anywhere(),
                Gen.element(EmptyCommit.MAKE, EmptyCommit.MAKE, EmptyCommit.SKIP, EmptyCommit.REFUSE),
                Committing.MakeCommit::new);
        Gen<Committing.ResetTo> resets = Gen.combine(
                on(),
                Gen.combine(versions(), Gen.enums(Reset.class), Map::entry),
                (on, to) -> new Committing.ResetTo(on, to.getKey(), to.getValue()));
        return Gen.frequency(
                commits.weighing(8),
                on().map(Committing.Amend::new).weighing(2),
                resets.weighing(2),
                on().map(Committing.Discard::new).weighing(1));
    }

    private Gen<Command> branching() {
        Gen<On> made = NEW_NAMES.map(name -> new On(site, name));
        Gen<Branching.MakeTag> tags = Gen.combine(
                Gen.combine(TAG_NAMES, versions(), Map::entry),
                Gen.ints(0, 2),
                (tag, serial) -> new Branching.MakeTag(
                        site,
                        tag.getKey(),
                        tag.getValue(),
                        serial == 0 ? Optional.empty() : Optional.of("note " + world.serial())));
        List<Gen.Weighted<Command>> all = new ArrayList<>(List.of(
                weighing(2, Gen.combine(made, versions(), Branching.Create::new)),
                weighing(3, Gen.combine(on(), NEW_NAMES, Branching.Fork::new)),
                weighing(1, Gen.combine(on(), NEW_NAMES, Branching.Copy::new)),
                weighing(1, Gen.combine(on(), NEW_NAMES, Branching.Rename::new)),
                weighing(1, Gen.combine(made, Gen.booleans(), Branching.Delete::new)),
                weighing(1, anywhere().map(Branching.Switch::new)),
                weighing(1, tags),
                weighing(1, TAG_NAMES.map(name -> new Branching.Untag(site, name)))));
        if (!world.forgetful) {
            all.add(weighing(3, Gen.constant(new Branching.Undo(site))));
        }
        return frequency(all);
    }

    private static Gen.Weighted<Command> weighing(int weight, Gen<? extends Command> gen) {
        return new Gen.Weighted<>(weight, gen);
    }

    private Gen<Command> merging() {
        Gen<String> sources = choices -> {
            List<String> refs = List.copyOf(world.site(site).refs().keySet());
            return refs.get((int) choices.upTo(refs.size() - 1));
        };
        return Gen.combine(
                on(),
                Gen.combine(sources, MERGES, Map::entry),
                (on, how) -> new Merging.MergeRef(on, how.getKey(), how.getValue()));
    }

    private Gen<Command> editing() {
        Gen<Picking.Choice> ranges =
                Gen.combine(versions(), versions(), (since, to) -> new Picking.Choice(List.of(since), to, 0));
        Gen<Picking.Choice> single =
                Gen.combine(versions(), Gen.ints(0, 2), (to, mainline) -> new Picking.Choice(List.of(), to, mainline));
        Gen<Picking.Picked.Manner> manners = Gen.combine(
                Gen.combine(Gen.booleans(), DECISIONS, Map::entry),
                Gen.combine(Gen.booleans(), Gen.ints(0, 3).map(one -> one > 0), Map::entry),
                (how, keeps) ->
                        new Picking.Picked.Manner(how.getKey(), how.getValue(), keeps.getKey(), keeps.getValue()));
        Gen<Picking.Picked> picks = Gen.combine(
                on(),
                Gen.combine(Gen.oneOf(single, ranges), manners, Map::entry),
                (on, how) -> new Picking.Picked(on, how.getKey(), how.getValue()));
        Gen<Rebasing.Start.Manner> plans = Gen.combine(
                Gen.frequency(Gen.constant(0).weighing(2), Gen.ints(0, 15).weighing(1))
                        .list(0, 6),
                DECISIONS,
                Rebasing.Start.Manner::new);
        Gen<Rebasing.Start> rebases = Gen.combine(
                on(),
                Gen.combine(versions(), plans, Map::entry),
                (on, how) -> new Rebasing.Start(on, how.getKey(), how.getValue()));
        return Gen.frequency(
                picks.weighing(4),
                rebases.weighing(5),
                Gen.combine(on(), versions(), Picking.Squash::new).weighing(1),
                stashing().weighing(3));
    }

    private Gen<Command> stashing() {
        Gen<Stashing.Take.Manner> manners = Gen.combine(
                Gen.combine(Gen.booleans(), DECISIONS, Map::entry),
                Gen.ints(0, 3).map(one -> one > 0),
                (how, waits) -> new Stashing.Take.Manner(how.getKey(), how.getValue(), waits));
        return Gen.frequency(
                on().map(on -> new Stashing.Push(on, "aside " + world.serial())).weighing(2),
                Gen.combine(
                                on(),
                                Gen.combine(Gen.ints(0, 2), manners, Map::entry),
                                (on, how) -> new Stashing.Take(on, how.getKey(), how.getValue()))
                        .weighing(2),
                Gen.combine(on(), Gen.ints(0, 2), Stashing.Drop::new).weighing(1));
    }

    /// What is only possible while something is not finished: the likelier then.
    private Stream<Gen.Weighted<Command>> unfinished() {
        Map<String, Line> lines = world.site(site).lines;
        boolean merges = lines.values().stream().anyMatch(line -> line.merging().isPresent());
        boolean rebases = lines.values().stream().anyMatch(line -> line.rebasing() != null);
        Stream.Builder<Gen.Weighted<Command>> all = Stream.builder();
        Gen<Optional<String>> messages = Gen.frequency(
                Gen.constant(Optional.<String>empty()).weighing(2),
                Gen.constant(Optional.of("said later")).weighing(1));
        if (merges) {
            Gen<On> on = branches(name -> world.site(site).line(name).merging().isPresent());
            all.add(weighing(
                    3,
                    Gen.combine(
                            on,
                            Gen.combine(DECISIONS, Gen.booleans(), Map::entry),
                            (at, how) -> new Merging.Resolve(at, how.getKey(), how.getValue()))));
            all.add(weighing(1, Gen.combine(on, Gen.ints(0, 5), Merging.Unresolve::new)));
            all.add(weighing(3, Gen.combine(on, messages, Merging.Continue::new)));
            all.add(weighing(1, Gen.combine(on, Gen.booleans(), Merging.Abort::new)));
        }
        if (rebases) {
            Gen<On> on = branches(name -> world.site(site).line(name).rebasing() != null);
            all.add(weighing(
                    5,
                    Gen.combine(
                            on,
                            Gen.combine(DECISIONS, messages, Map::entry),
                            (at, how) -> new Rebasing.Resume(at, how.getKey(), how.getValue()))));
            all.add(weighing(1, on.map(Rebasing.Skip::new)));
            all.add(weighing(1, on.map(Rebasing.Abort::new)));
        }
        return Stream.concat(all.build(), waiting(messages));
    }

    /// What is only possible while commits or what was put aside wait.
    private Stream<Gen.Weighted<Command>> waiting(Gen<Optional<String>> messages) {
        PlainDatabase plain = world.site(site);
        Predicate<String> picks = name -> plain.line(name).picking() != null;
        Predicate<String> returns = name -> plain.line(name).returning(plain) != null;
        Stream.Builder<Gen.Weighted<Command>> all = Stream.builder();
        if (plain.lines.keySet().stream().anyMatch(picks)) {
            all.add(weighing(
                    5,
                    Gen.combine(
                            branches(picks),
                            Gen.combine(DECISIONS, messages, Map::entry),
                            (at, how) -> new Picking.Resume(at, how.getKey(), how.getValue()))));
            all.add(weighing(2, branches(picks).map(Picking.Skip::new)));
            all.add(weighing(1, branches(picks).map(Picking.Abort::new)));
        }
        if (plain.lines.keySet().stream().anyMatch(returns)) {
            all.add(weighing(4, Gen.combine(branches(returns), DECISIONS, Stashing.Resume::new)));
            all.add(weighing(1, branches(returns).map(Stashing.Abort::new)));
        }
        return all.build();
    }

    /// Rules by which merges decide, and hooks that refuse.
    private Gen<Command> governing() {
        Gen<Ruling.Rule> rules = Gen.combine(
                Gen.combine(
                        Gen.element("*", "s", "t", "other*"), Gen.element("*", "k0*", "k1*", "k02", "f*"), Map::entry),
                Gen.enums(Policy.class),
                (where, policy) -> new Ruling.Rule(where.getKey(), where.getValue(), policy));
        Gen<Vetoed> vetoes = Gen.combine(
                Gen.combine(anywhere(), versions(), Map::entry),
                Gen.combine(Gen.enums(Vetoed.Deed.class), Gen.enums(Vetoed.Guard.class), Map::entry),
                (where, what) -> new Vetoed(where.getKey(), what.getKey(), what.getValue(), where.getValue()));
        return Gen.frequency(
                rules.list(0, 3).map(all -> new Ruling.SetRules(site, all)).weighing(1), vetoes.weighing(2));
    }

    private Gen<Command> exchanging() {
        Gen<Sending.PushBranch> pushes = Gen.combine(
                on(),
                Gen.combine(Gen.element("main", "b1", "b2"), Gen.enums(Sending.PushBranch.Force.class), Map::entry),
                (on, how) -> new Sending.PushBranch(on, how.getKey(), how.getValue()));
        List<Gen.Weighted<Command>> all = new ArrayList<>(List.of(
                weighing(4, Gen.booleans().map(prune -> new Fetching.FetchAll(site, prune))),
                weighing(4, Gen.combine(on(), MERGES, Fetching.Pull::new)),
                weighing(4, pushes),
                weighing(1, TAG_NAMES.map(name -> new Sending.PushTag(site, name))),
                weighing(2, versions().list(0, 2).map(since -> new Sending.WriteBundle(site, since))),
                weighing(1, Gen.constant(new Sending.CloneTo(site))),
                weighing(1, Gen.constant(new Sending.BackUp(site)))));
        if (world.bundle != null) {
            all.add(weighing(2, Gen.constant(new Fetching.FetchBundle(site))));
        }
        if (world.backup != null) {
            all.add(weighing(1, Gen.constant(new Sending.Restore())));
        }
        return frequency(all);
    }

    private Gen<Command> upkeep() {
        return Gen.enums(Upkeep.Kind.class).map(kind -> new Upkeep(site, kind));
    }
}

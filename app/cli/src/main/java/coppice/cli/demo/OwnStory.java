package coppice.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Entry;
import coppice.api.Limits;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import coppice.cli.render.Amounts;
import coppice.cli.view.Shown;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What happens to data we know nothing of: in the largest space a branch marks rows as reviewed and removes one,
/// while main edits a text field of other rows and copies one; then both edit the same rows.
final class OwnStory implements Story {
    private static final int BATCH = 300;
    private final String space;

    private OwnStory(String space) {
        this.space = space;
    }

    /// The story of the largest space of a state that has one.
    static OwnStory of(Snapshot state) {
        String largest = "";
        long most = 0;
        for (String name : state.spaces()) {
            long count = state.space(name).count();
            if (count > most) {
                largest = name;
                most = count;
            }
        }
        return new OwnStory(largest);
    }

    @Override
    public String branch() {
        return "review";
    }

    @Override
    public List<Work> onBranch(Snapshot start) {
        SpaceView rows = start.space(space);
        List<Work> works = new ArrayList<>();
        List<Edit> reviewed = new ArrayList<>();
        for (Entry row : chosen(rows, 0)) {
            reviewed.add(Edit.put(space, row.key(), document(row).with("reviewed", Json.of(true))));
        }
        works.add(
                new Work("Mark " + Amounts.count(reviewed.size(), "row") + " of " + space + " as reviewed", reviewed));
        if (rows.count() > 4) {
            Entry last = rows.select(rows.count() - 1).orElseThrow();
            works.add(new Work("Remove the last row of " + space, List.of(Edit.delete(space, last.key()))));
        }
        return works;
    }

    @Override
    public List<Work> onMain(Snapshot start) {
        SpaceView rows = start.space(space);
        List<Work> works = new ArrayList<>();
        List<Edit> edited = new ArrayList<>();
        for (Entry row : chosen(rows, 1)) {
            edited.add(Edit.put(space, row.key(), edited(document(row), "")));
        }
        if (!edited.isEmpty()) {
            works.add(new Work("Edit " + Amounts.count(edited.size(), "row") + " of " + space, edited));
        }
        Entry first = rows.select(0).orElseThrow();
        byte[] copy = (new String(first.key(), UTF_8) + "-copy").getBytes(UTF_8);
        if (copy.length <= Limits.KEY_BYTES_MAX && !rows.contains(copy)) {
            works.add(new Work("Copy the first row of " + space, List.of(Edit.put(space, copy, document(first)))));
        }
        return works;
    }

    @Override
    public Dispute dispute(Snapshot merged) {
        SpaceView rows = merged.space(space);
        Entry same = rows.select(rows.count() / 2).orElseThrow();
        List<Edit> ours = new ArrayList<>();
        List<Edit> theirs = new ArrayList<>();
        ours.add(Edit.put(space, same.key(), edited(document(same), " (main)")));
        theirs.add(Edit.put(space, same.key(), edited(document(same), " (draft)")));
        List<String> decision = new ArrayList<>();
        decision.add(space + " " + Shown.key(same.key())
                + ": the same field, so somebody decides; here main keeps its own.");
        if (rows.count() > 1) {
            Entry other = rows.select(rows.count() / 2 - 1).orElseThrow();
            ours.add(Edit.put(space, other.key(), document(other).with("checkedBy", Json.of("main"))));
            theirs.add(Edit.put(space, other.key(), document(other).with("note", Json.of("from the draft"))));
            decision.add(space + " " + Shown.key(other.key()) + ": different fields, so both changes are kept.");
        }
        return new Dispute(
                "draft",
                new Work("Edit a row on main", ours),
                new Work("Edit the same row in a draft", theirs),
                decision);
    }

    @Override
    public List<Probe> probes(Snapshot start) {
        SpaceView rows = start.space(space);
        byte[] first = rows.select(0).orElseThrow().key();
        return List.of(
                new Probe(
                        space + " " + Shown.key(first),
                        state -> Shown.value(state.space(space).get(first))),
                new Probe(
                        "keys in " + space,
                        state -> Amounts.count(state.space(space).count())));
    }

    /// Rows spread over the space, those of one parity: what the two sides choose never meets, and neither is the
    /// last.
    private static List<Entry> chosen(SpaceView rows, int parity) {
        long pairs = Math.max(1, (rows.count() - 1) / 2);
        long wanted = Math.min(BATCH, Math.max(1, pairs / 2));
        List<Entry> chosen = new ArrayList<>();
        for (long i = 0; i < wanted; i++) {
            long index = i * pairs / wanted * 2 + parity;
            if (index < rows.count()) {
                chosen.add(rows.select(index).orElseThrow());
            }
        }
        return chosen;
    }

    /// The document with its first text changed: in capitals, or with something added; with a note when it has no
    /// text.
    private static Json.Obj edited(Json.Obj document, String addition) {
        for (Map.Entry<String, Json> member : document.members().entrySet()) {
            if (member.getValue() instanceof Json.Str(String text) && !text.isBlank()) {
                String capitals = text.toUpperCase(Locale.ROOT);
                String changed = addition.isEmpty() && !capitals.equals(text) ? capitals : text + addition;
                return document.with(member.getKey(), Json.of(changed.equals(text) ? text + "!" : changed));
            }
        }
        return document.with("note", Json.of("edited" + addition));
    }

    private static Json.Obj document(Entry row) {
        Optional<Json> json = JsonReader.tryParse(row.value());
        return json.orElse(Json.Null.VALUE) instanceof Json.Obj object
                ? object
                : Json.object("value", json.orElseGet(() -> Json.of(row.valueText())));
    }
}
